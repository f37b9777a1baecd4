package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.EdgeStage;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.GraphInput;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;

/**
 * Brings resolved edges to the owners of their sources, as blocks of pairs of dense numbers, one kind of block for each task
 * that owns the targets.
 */
final class EdgeRouter {
    /** Pairs that all buffers together hold, about. */
    private static final int BUFFERED = 1 << 18;

    private static final int MOST = 4096;
    private static final int LEAST = 64;

    private final Exchange exchange;
    private final boolean weighted;
    private final int room;
    /** By owner of the source, then owner of the target. */
    private final int[][] sources;

    private final int[][] targets;
    private final double[][] weights;
    private final int[] counts;
    private long dropped;

    EdgeRouter(Exchange exchange, GraphFormat format) {
        int tasks = exchange.count();
        this.exchange = exchange;
        this.weighted = format.weighted();
        this.room = Math.max(LEAST, Math.min(MOST, BUFFERED / (tasks * tasks)));
        this.sources = new int[tasks * tasks][];
        this.targets = new int[tasks * tasks][];
        this.weights = new double[tasks * tasks][];
        this.counts = new int[tasks * tasks];
    }

    /** Edges left out because an end is unknown. */
    long dropped() {
        return dropped;
    }

    /** Sends a parser's edges, letting its pieces go on the way. */
    void send(EdgeStage edges, VertexDirectory.Resolved ends, boolean bothDirections) throws IOException {
        int[] number = ends.number();
        int[] owner = ends.owner();
        for (int p = 0; p < edges.pieces(); p++) {
            int[] pairs = edges.pairs(p);
            double[] weight = edges.weights(p);
            for (int i = 0, count = edges.pieceSize(p); i < count; i++) {
                int a = pairs[2 * i];
                int b = pairs[2 * i + 1];
                if (number[a] < 0 || number[b] < 0) {
                    dropped++;
                    continue;
                }
                double w = weight == null ? 0 : weight[i];
                put(owner[a], number[a], owner[b], number[b], w);
                if (bothDirections && a != b) {
                    put(owner[b], number[b], owner[a], number[a], w);
                }
            }
            edges.release(p);
        }
    }

    /** Sends what is still buffered. */
    void flush() throws IOException {
        for (int pair = 0; pair < counts.length; pair++) {
            flush(pair);
        }
        for (int task = 0; task < exchange.count(); task++) {
            exchange.writer(task).endMessage();
        }
    }

    /** After the barrier: this task's edges by owner of the target, as they came: by sender, then in its order. */
    EdgeStage[] receive() throws IOException {
        EdgeStage[] stages = new EdgeStage[exchange.count()];
        for (int task = 0; task < stages.length; task++) {
            stages[task] = new EdgeStage(weighted);
        }
        int[] source = new int[room];
        int[] target = new int[room];
        double[] weight = new double[weighted ? room : 0];
        for (int sender = 0; sender < stages.length; sender++) {
            MessageReader in = exchange.reader(sender);
            while (in.remaining() > 0) {
                EdgeStage stage = stages[in.readIntLE()];
                int count = in.readIntLE();
                in.readInts(source, 0, count);
                in.readInts(target, 0, count);
                if (weighted) {
                    in.readDoubles(weight, 0, count);
                }
                for (int i = 0; i < count; i++) {
                    stage.add(source[i], target[i], weighted ? weight[i] : 0);
                }
            }
        }
        return stages;
    }

    /** Throws where edges to unknown vertices are not to be dropped. */
    static void refuseUnknown(GraphInput input, int[] number) throws BspException {
        for (int n : number) {
            if (n < 0) {
                throw input.unknownEnd(number);
            }
        }
    }

    private void put(int sourceOwner, int source, int targetOwner, int target, double weight) throws IOException {
        int pair = sourceOwner * exchange.count() + targetOwner;
        if (sources[pair] == null) {
            sources[pair] = new int[room];
            targets[pair] = new int[room];
            weights[pair] = new double[weighted ? room : 0];
        }
        int at = counts[pair]++;
        sources[pair][at] = source;
        targets[pair][at] = target;
        if (weighted) {
            weights[pair][at] = weight;
        }
        if (at + 1 == room) {
            flush(pair);
        }
    }

    private void flush(int pair) throws IOException {
        if (counts[pair] == 0) {
            return;
        }
        MessageWriter out = exchange.writer(pair / exchange.count());
        out.writeIntLE(pair % exchange.count());
        out.writeIntLE(counts[pair]);
        out.writeInts(sources[pair], 0, counts[pair]);
        out.writeInts(targets[pair], 0, counts[pair]);
        if (weighted) {
            out.writeDoubles(weights[pair], 0, counts[pair]);
        }
        counts[pair] = 0;
    }
}
