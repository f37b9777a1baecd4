package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.EdgeStage;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.GraphInput;
import io.valiant.graph.step.Collective;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.List;

/**
 * Brings resolved edges to the owners of their sources, as blocks of pairs of dense numbers, one kind of block for each task
 * that owns the targets. In rounds, with a barrier after each: so what is under way takes little memory, however many edges
 * there are. A block that is received, or that stays here, is a piece of a stage as it is.
 */
final class EdgeRouter {
    /** Edges of one round, about. */
    private static final int ROUND = 1 << 20;
    /** Pairs that all buffers together hold, about. */
    private static final int BUFFERED = 1 << 18;

    private static final int LEAST = 64;

    private final Exchange exchange;
    private final int self;
    private final int tasks;
    private final boolean weighted;
    private final boolean bothDirections;
    private final int room;
    private final EdgePieces spare;
    /** By owner of the source, then owner of the target: pairs not yet sent, and how many. */
    private final int[][] pairs;

    private final double[][] weights;
    private final int[] counts;
    /** Who owns each end of the piece that is being sent. */
    private int[] owners = {};

    /** By sender, then owner of the target: what has come. */
    private final EdgeStage[][] received;

    private long dropped;

    EdgeRouter(Exchange exchange, GraphFormat format, boolean bothDirections) {
        this.exchange = exchange;
        this.self = exchange.index();
        this.tasks = exchange.count();
        this.weighted = format.weighted();
        this.bothDirections = bothDirections;
        this.room = (int) Math.max(LEAST, Math.min(EdgeStage.PIECE, BUFFERED / ((long) tasks * tasks)));
        this.spare = new EdgePieces(weighted);
        this.pairs = new int[tasks * tasks][];
        this.weights = new double[tasks * tasks][];
        this.counts = new int[tasks * tasks];
        this.received = new EdgeStage[tasks][tasks];
    }

    /** Edges left out because an end is unknown. */
    long dropped() {
        return dropped;
    }

    /**
     * Sends the edges of all inputs, which are used up, and receives this task's. Every task calls it at the same time.
     *
     * @param places for each input, of its ids
     * @return this task's edges by owner of the target, as they came: by sender, then in its order
     */
    EdgeStage[] route(List<GraphInput> inputs, List<Places> places) throws IOException, BspException {
        Collective collective = new Collective(exchange);
        int input = 0;
        int piece = 0;
        long left;
        do {
            int sent = 0;
            while (sent < ROUND && input < inputs.size()) {
                EdgeStage edges = inputs.get(input).edges();
                if (piece < edges.pieces()) {
                    sent += edges.pieceSize(piece);
                    put(edges, piece, places.get(input));
                    spare.giveBack(edges, piece++);
                } else {
                    input++;
                    piece = 0;
                }
            }
            boolean ended = input == inputs.size();
            endRound(ended);
            left = collective.sum(ended ? 0 : 1)[0];
            receive();
        } while (left > 0);
        EdgeStage[] stages = new EdgeStage[tasks];
        for (int task = 0; task < tasks; task++) {
            stages[task] = stage(0, task);
            for (int sender = 1; sender < tasks; sender++) {
                if (received[sender][task] != null) {
                    stages[task].takeAll(received[sender][task]);
                }
            }
        }
        return stages;
    }

    /** Made when it is first needed: many tasks have few edges to each other. */
    private EdgeStage stage(int sender, int task) {
        if (received[sender][task] == null) {
            received[sender][task] = new EdgeStage(weighted);
        }
        return received[sender][task];
    }

    private void put(EdgeStage edges, int piece, Places places) throws IOException {
        int count = edges.pieceSize(piece);
        int[] numbers = edges.pairs(piece);
        if (owners.length < 2 * count) {
            owners = new int[2 * count];
        }
        places.resolve(numbers, 2 * count, owners);
        double[] weight = edges.weights(piece);
        for (int i = 0; i < count; i++) {
            int source = numbers[2 * i];
            int target = numbers[2 * i + 1];
            if ((source | target) < 0) {
                dropped++;
                continue;
            }
            int from = owners[2 * i];
            int to = owners[2 * i + 1];
            double w = weighted ? weight[i] : 0;
            put(from * tasks + to, source, target, w);
            if (bothDirections && (source != target || from != to)) {
                put(to * tasks + from, target, source, w);
            }
        }
    }

    private void put(int kind, int source, int target, double weight) throws IOException {
        if (pairs[kind] == null) {
            pairs[kind] = spare.pairs(room);
            weights[kind] = spare.weights(room);
        }
        int at = counts[kind]++;
        pairs[kind][2 * at] = source;
        pairs[kind][2 * at + 1] = target;
        if (weighted) {
            weights[kind][at] = weight;
        }
        if (at + 1 == room) {
            flush(kind);
        }
    }

    /** Sends what is buffered for others if nothing more will come. */
    private void endRound(boolean last) throws IOException {
        for (int kind = 0; last && kind < counts.length; kind++) {
            if (counts[kind] > 0) {
                flush(kind);
            }
        }
        for (int task = 0; task < tasks; task++) {
            exchange.writer(task).endMessage();
        }
    }

    private void flush(int kind) throws IOException {
        int count = counts[kind];
        counts[kind] = 0;
        if (kind / tasks == self) {
            stage(self, kind % tasks).addPiece(pairs[kind], weights[kind], count);
            pairs[kind] = null;
            return;
        }
        MessageWriter out = exchange.writer(kind / tasks);
        out.writeIntLE(kind % tasks);
        out.writeIntLE(count);
        out.writeInts(pairs[kind], 0, 2 * count);
        if (weighted) {
            out.writeDoubles(weights[kind], 0, count);
        }
    }

    private void receive() throws IOException {
        for (int sender = 0; sender < tasks; sender++) {
            MessageReader in = exchange.reader(sender);
            while (in.remaining() > 0) {
                EdgeStage stage = stage(sender, in.readIntLE());
                int count = in.readIntLE();
                int[] block = spare.pairs(count);
                in.readInts(block, 0, 2 * count);
                double[] blockWeights = spare.weights(count);
                if (weighted) {
                    in.readDoubles(blockWeights, 0, count);
                }
                stage.addPiece(block, blockWeights, count);
            }
        }
    }

    /** Throws where edges to unknown vertices are not to be dropped. */
    static void refuseUnknown(GraphInput input, Places places) throws BspException {
        if (places.isMissingSome()) {
            throw input.unknownEnd(places.known());
        }
    }
}
