package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.EdgeStage;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;

/**
 * Turns edges, which lie with the owners of their sources, into segments. Each lies with the receiver, unless its sources are far
 * more than its targets and the program does not see every message: then the sender combines, and few values travel.
 */
final class SegmentExchange {
    /**
     * So many times as many values may travel sooner than that the sender does the receiver's work: where each task keeps the edges
     * to its own vertices, all have about as many, and where it is decided by a few values more or less some have three times as
     * many as others.
     */
    private static final double MIRRORS_A_TARGET = 1.5;

    private static final int BY_SOURCE = 0;
    private static final int BY_TARGET = 1;

    private final Exchange exchange;
    private final boolean weighted;
    /** Whether every segment lies with its receiver, whatever travels. */
    private final boolean mirrored;

    /** Whether the weights of columns ascend along which targets pull. */
    private final boolean ascending;

    private final int[] sizes;
    private final int[] degree;
    private final Outgoing[] outgoing;
    private final Incoming[] incoming;
    private Segment local;

    /** {@code sizes}: how many vertices each task has. */
    SegmentExchange(Exchange exchange, boolean weighted, boolean mirrored, boolean ascending, int[] sizes) {
        this.mirrored = mirrored;
        this.ascending = ascending;
        this.exchange = exchange;
        this.weighted = weighted;
        this.sizes = sizes;
        this.degree = new int[sizes[exchange.index()]];
        this.outgoing = new Outgoing[sizes.length];
        this.incoming = new Incoming[sizes.length];
    }

    int[] degree() {
        return degree;
    }

    Segment local() {
        return local;
    }

    Outgoing[] outgoing() {
        return outgoing;
    }

    Incoming[] incoming() {
        return incoming;
    }

    /** Makes this task's segments and sends off those that go elsewhere; the stages are used up. */
    void send(EdgeStage[] edges) throws IOException {
        int self = exchange.index();
        for (int i = 1; i < sizes.length; i++) {
            int task = (self + i) % sizes.length;
            outgoing[task] = place(rows(edges, task), sizes[task], exchange.writer(task));
        }
        // Last, while the others' are under way.
        local = Segment.of(rows(edges, self), sizes[self], ascending);
    }

    private Rows rows(EdgeStage[] edges, int task) {
        Rows rows = Rows.of(edges[task], degree.length, weighted);
        edges[task] = null;
        IntLoops.addLengths(rows.start(), degree);
        return rows;
    }

    private Outgoing place(Rows rows, int targetRange, MessageWriter out) throws IOException {
        int[] boundary = rows.boundary();
        int[] targets = rows.distinctTargets(new int[targetRange]);
        Outgoing made;
        if (mirrored || boundary.length <= MIRRORS_A_TARGET * targets.length) {
            made = Outgoing.bySource(boundary);
            out.writeIntLE(BY_SOURCE);
            out.writeIntLE(boundary.length);
            int[] degrees = new int[boundary.length];
            for (int i = 0; i < degrees.length; i++) {
                degrees[i] = rows.start()[boundary[i] + 1] - rows.start()[boundary[i]];
            }
            out.writeInts(degrees, 0, degrees.length);
            out.writeInts(rows.target(), 0, rows.edges());
            if (weighted) {
                out.writeDoubles(rows.weight(), 0, rows.edges());
            }
        } else {
            made = Outgoing.byTarget(Segment.of(rows, targetRange, false));
            out.writeIntLE(BY_TARGET);
            out.writeIntLE(targets.length);
            out.writeInts(targets, 0, targets.length);
        }
        out.endMessage();
        return made;
    }

    /** After the barrier: takes what the others placed here. */
    void receive() throws IOException, BspException {
        for (int task = 0; task < sizes.length; task++) {
            if (task != exchange.index()) {
                incoming[task] = read(exchange.reader(task));
            }
        }
    }

    private Incoming read(MessageReader in) throws IOException, BspException {
        int placement = in.readIntLE();
        int[] numbers = new int[in.readIntLE()];
        in.readInts(numbers, 0, numbers.length);
        if (placement == BY_TARGET) {
            return Incoming.byTarget(numbers);
        }
        if (placement != BY_SOURCE) {
            throw new BspException(BspException.Kind.FATAL, "a segment of unknown placement " + placement);
        }
        int[] start = new int[numbers.length + 1];
        System.arraycopy(numbers, 0, start, 1, numbers.length);
        IntLoops.addUp(start);
        int[] target = new int[start[numbers.length]];
        in.readInts(target, 0, target.length);
        double[] weight = weighted ? new double[target.length] : null;
        if (weighted) {
            in.readDoubles(weight, 0, weight.length);
        }
        return Incoming.bySource(Segment.of(new Rows(start, target, weight), degree.length, ascending));
    }
}
