package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combination;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.ResultLines;
import io.valiant.graph.step.Aggregates;
import java.io.IOException;
import java.util.Arrays;

/** A {@link Lane} of doubles. */
final class DoubleLane extends Lane {
    final double[] values;
    final DoubleBlock outbox;
    private final DoubleBlock inbox;
    private final DoubleVertexProgram program;
    private final double identity;
    private final boolean isSum;
    private final boolean isMin;
    private DoubleCursor cursor;

    DoubleLane(DoubleVertexProgram program, Combination combination, Partition partition) {
        super(partition, combination, AlongEdges.changes(program, double.class));
        this.program = program;
        this.identity = identity(combination);
        this.isSum = combination == Combination.SUM;
        this.isMin = combination == Combination.MIN;
        this.values = new double[partition.size()];
        this.outbox = new DoubleBlock(partition.size(), identity);
        this.inbox = new DoubleBlock(partition.size(), identity);
    }

    private static double identity(Combination combination) {
        return switch (combination) {
            case SUM -> 0;
            case MIN -> Double.POSITIVE_INFINITY;
            case MAX -> Double.NEGATIVE_INFINITY;
        };
    }

    /** Two ifs on final fields rather than a switch: the compiler takes these out of loops. */
    double combine(double a, double b) {
        if (isSum) {
            return a + b;
        }
        return isMin ? Math.min(a, b) : Math.max(a, b);
    }

    @Override
    Cursor cursor() {
        return cursor;
    }

    @Override
    Block outbox() {
        return outbox;
    }

    @Override
    Block inbox() {
        return inbox;
    }

    @Override
    DoubleBlock block(int size) {
        return new DoubleBlock(size, identity);
    }

    @Override
    void open(LabelOrder labels, Aggregates aggregates) {
        cursor = new DoubleCursor(partition, labels, aggregates, this);
    }

    @Override
    void initialiseValues() {
        for (int v = 0; v < values.length; v++) {
            cursor.move(v, false);
            values[v] = program.initialValue(cursor);
            cursor.refuseActs();
        }
    }

    @Override
    long computeWord(int word, long run, long came) {
        long stay = 0;
        long sent = 0;
        double[] in = inbox.values;
        for (long left = run; left != 0; left &= left - 1) {
            long bit = left & -left;
            int v = (word << 6) + Long.numberOfTrailingZeros(left);
            double message = in[v];
            in[v] = identity;
            cursor.move(v, (came & bit) != 0);
            values[v] = program.compute(cursor, message);
            stay |= cursor.hasHalted ? 0 : bit;
            sent |= cursor.hasSent ? bit : 0;
        }
        active[word] = stay;
        return sent;
    }

    @Override
    void collect(int[] boundary, Block to) {
        double[] out = ((DoubleBlock) to).values;
        double[] sent = outbox.values;
        if (outbox.all) {
            to.beginAll();
            for (int i = 0; i < boundary.length; i++) {
                out[i] = sent[boundary[i]];
            }
            return;
        }
        to.beginSome();
        if (outbox.count < boundary.length / 16) {
            outbox.ensureListed();
            int from = 0;
            for (int i = 0; i < outbox.count; i++) {
                int at = Arrays.binarySearch(boundary, from, boundary.length, outbox.list[i]);
                if (at >= 0) {
                    out[at] = sent[outbox.list[i]];
                    to.add(at);
                }
                from = at >= 0 ? at + 1 : -at - 1;
            }
        } else {
            for (int i = 0; i < boundary.length; i++) {
                if (outbox.has(boundary[i])) {
                    out[i] = sent[boundary[i]];
                    to.add(i);
                }
            }
        }
        to.endSome();
    }

    @Override
    void pull(Segment segment, Block from, Block to) {
        double[] in = ((DoubleBlock) from).values;
        double[] out = ((DoubleBlock) to).values;
        if (from.all) {
            to.beginAll();
        } else {
            to.beginSome();
        }
        if (changesAlong) {
            pullAlong(segment, from, in, to, out);
            to.endSome();
            return;
        }
        switch (combination) {
            case SUM -> pullSum(segment.columnStart, segment.columnSource, in, out);
            case MIN -> pullMin(segment.columnStart, segment.columnSource, in, out);
            case MAX -> pullMax(segment.columnStart, segment.columnSource, in, out);
        }
        if (from.all) {
            return;
        }
        for (int t = 0; t < out.length; t++) {
            if (out[t] != identity || anyPresent(segment, t, from)) {
                to.add(t);
            }
        }
        to.endSome();
    }

    /** Pulls messages that change on their way; those that were not sent are left out, since they would change too. */
    private void pullAlong(Segment segment, Block from, double[] in, Block to, double[] out) {
        double[] weight = segment.columnWeight;
        for (int t = 0; t < out.length; t++) {
            double folded = identity;
            boolean any = false;
            for (int e = segment.columnStart[t], end = segment.columnStart[t + 1]; e < end; e++) {
                int s = segment.columnSource[e];
                if (from.all || from.has(s)) {
                    folded = combine(folded, program.alongEdge(in[s], weight == null ? 1 : weight[e]));
                    any = true;
                }
            }
            out[t] = folded;
            if (any && !from.all) {
                to.add(t);
            }
        }
    }

    /** Whether a target got a message that equals no message. */
    private static boolean anyPresent(Segment segment, int target, Block from) {
        for (int e = segment.columnStart[target]; e < segment.columnStart[target + 1]; e++) {
            if (from.has(segment.columnSource[e])) {
                return true;
            }
        }
        return false;
    }

    private static void pullSum(int[] start, int[] source, double[] in, double[] out) {
        for (int t = 0; t < out.length; t++) {
            double sum = 0;
            for (int e = start[t], end = start[t + 1]; e < end; e++) {
                sum += in[source[e]];
            }
            out[t] = sum;
        }
    }

    private static void pullMin(int[] start, int[] source, double[] in, double[] out) {
        for (int t = 0; t < out.length; t++) {
            double least = Double.POSITIVE_INFINITY;
            for (int e = start[t], end = start[t + 1]; e < end; e++) {
                least = Math.min(least, in[source[e]]);
            }
            out[t] = least;
        }
    }

    private static void pullMax(int[] start, int[] source, double[] in, double[] out) {
        for (int t = 0; t < out.length; t++) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (int e = start[t], end = start[t + 1]; e < end; e++) {
                greatest = Math.max(greatest, in[source[e]]);
            }
            out[t] = greatest;
        }
    }

    @Override
    void push(Segment segment, Block from, Block to) {
        double[] in = ((DoubleBlock) from).values;
        double[] out = ((DoubleBlock) to).values;
        double[] weight = segment.rowWeight;
        from.ensureListed();
        to.beginSome();
        for (int i = 0; i < from.count; i++) {
            int s = from.list[i];
            double message = in[s];
            for (int e = segment.rowStart[s], end = segment.rowStart[s + 1]; e < end; e++) {
                int t = segment.rowTarget[e];
                if (!to.has(t)) {
                    to.add(t);
                }
                out[t] = combine(
                        out[t], changesAlong ? program.alongEdge(message, weight == null ? 1 : weight[e]) : message);
            }
        }
        to.endSome();
    }

    @Override
    void deliver(Block combined, int[] targets) {
        double[] from = ((DoubleBlock) combined).values;
        double[] in = inbox.values;
        if (combined.all) {
            for (int t = 0; t < targets.length; t++) {
                int v = targets[t];
                in[v] = combine(in[v], from[t]);
                inbox.present[v >>> 6] |= 1L << v;
            }
            return;
        }
        combined.ensureListed();
        for (int i = 0; i < combined.count; i++) {
            int v = targets[combined.list[i]];
            in[v] = combine(in[v], from[combined.list[i]]);
            inbox.present[v >>> 6] |= 1L << v;
        }
    }

    @Override
    void saveValues(ArrayOutput out) throws IOException {
        out.writeDoubles(values, values.length);
    }

    @Override
    void restoreValues(ArrayInput in) throws IOException {
        in.readDoubles(values);
    }

    @Override
    void write(ResultLines out, LabelOrder labels) throws BspException {
        for (int v = 0; v < values.length; v++) {
            out.write(partition.ids(), v, values[v]);
        }
    }
}
