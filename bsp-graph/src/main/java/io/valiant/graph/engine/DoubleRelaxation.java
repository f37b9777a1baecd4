package io.valiant.graph.engine;

import io.valiant.graph.DoubleVertexProgram;
import java.util.List;

/** A {@link Relaxation} of doubles. */
final class DoubleRelaxation extends Relaxation {
    private final DoubleLane lane;
    private final List<DoubleVertexProgram> programs;

    /** That of the program's own thread, which pushes. */
    private final DoubleVertexProgram program;

    private final boolean changesAlong;
    private final double[] values;
    private final DoubleBlock inbox;
    private final DoubleBlock outbox;

    /** Nothing lower was sent. */
    private double least;

    DoubleRelaxation(DoubleLane lane, DoubleBlock inbox, List<DoubleVertexProgram> programs) {
        super(lane, programs.get(0));
        this.lane = lane;
        this.programs = programs;
        this.program = programs.get(0);
        this.changesAlong = lane.changesAlong;
        this.values = lane.values;
        this.inbox = inbox;
        this.outbox = lane.outbox;
    }

    @Override
    void lookAt(Block from) {
        double[] in = ((DoubleBlock) from).values;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < in.length; i++) {
            if (in[i] < lowest) {
                lowest = in[i];
            }
        }
        least = lowest;
    }

    @Override
    int push(Segment along, Block from) {
        double[] sent = ((DoubleBlock) from).values;
        int count = 0;
        from.ensureListed();
        for (int i = 0; i < from.count; i++) {
            int s = from.list[i];
            count += pushFrom(along, s, sent[s]);
        }
        return count;
    }

    private int pushFrom(Segment along, int source, double message) {
        double[] weight = along.rowWeight;
        double[] in = inbox.values;
        int count = 0;
        for (int e = along.rowStart[source], end = along.rowStart[source + 1]; e < end; e++) {
            int v = along.targets[along.rowTarget[e]];
            double come = changesAlong ? program.alongEdge(message, weight == null ? 1 : weight[e]) : message;
            if (come < values[v] && come < in[v]) {
                in[v] = come;
                count += note(v);
            }
        }
        return count;
    }

    @Override
    int pull(int member, Segment along, Block from, int begin, int end) {
        return changesAlong
                ? pullChanged(member, along, (DoubleBlock) from, begin, end)
                : pullSent(along, ((DoubleBlock) from).values, begin, end);
    }

    /** The loop of {@link #lowestSent} for many targets: a JVM compiles one long loop sooner than many short ones. */
    private int pullSent(Segment along, double[] sent, int begin, int end) {
        double[] in = inbox.values;
        int[] start = along.columnStart;
        int[] source = along.columnSource;
        int count = 0;
        for (int t = begin; t < end; t++) {
            int v = along.targets[t];
            double bound = Math.min(values[v], in[v]);
            double lowest = bound;
            for (int e = start[t], last = start[t + 1]; e < last && lowest > least; e++) {
                // no minimum of two: what is not a number must not hide one
                if (sent[source[e]] < lowest) {
                    lowest = sent[source[e]];
                }
            }
            if (lowest < bound) {
                in[v] = lowest;
                count += mark(v);
            }
        }
        return count;
    }

    /**
     * The same for messages that change on their way. Where weights ascend, it ends at the first edge along which the lowest of
     * all would not be low enough: a higher message would not be either, nor would any along an edge that weighs more.
     */
    private int pullChanged(int member, Segment along, DoubleBlock from, int begin, int end) {
        DoubleVertexProgram changing = programs.get(member);
        double[] in = inbox.values;
        double[] sent = from.values;
        double[] weight = along.columnWeight;
        boolean ascending = along.ascending;
        long looked = 0;
        int count = 0;
        for (int t = begin; t < end; t++) {
            int v = along.targets[t];
            double bound = Math.min(values[v], in[v]);
            double lowest = bound;
            int e = along.columnStart[t];
            for (int last = along.columnStart[t + 1]; e < last; e++) {
                double w = weight == null ? 1 : weight[e];
                if (ascending && changing.alongEdge(least, w) >= lowest) {
                    break;
                }
                double come = sent[along.columnSource[e]];
                // what was not sent is the highest there is
                if (come < lowest) {
                    come = changing.alongEdge(come, w);
                    lowest = come < lowest ? come : lowest;
                }
            }
            looked += e - along.columnStart[t];
            if (lowest < bound) {
                in[v] = lowest;
                count += mark(v);
            }
        }
        looked(member, looked);
        return count;
    }

    /** The lowest of what comes to a target, or {@code bound} where nothing is lower. */
    private double lowest(int member, Segment along, int target, DoubleBlock from, double bound) {
        int last = along.columnStart[target + 1];
        return changesAlong
                ? lowestChanged(programs.get(member), along, target, last, from, bound)
                : lowestSent(along.columnSource, along.columnStart[target], last, from.values, bound);
    }

    private double lowestSent(int[] source, int begin, int end, double[] sent, double bound) {
        double lowest = bound;
        for (int e = begin; e < end; e++) {
            double come = sent[source[e]];
            if (come < lowest) {
                lowest = come;
                if (come <= least) {
                    return lowest;
                }
            }
        }
        return lowest;
    }

    private double lowestChanged(
            DoubleVertexProgram changing, Segment along, int target, int last, DoubleBlock from, double bound) {
        double[] weight = along.columnWeight;
        double lowest = bound;
        for (int e = along.columnStart[target]; e < last; e++) {
            double w = weight == null ? 1 : weight[e];
            if (along.ascending && changing.alongEdge(least, w) >= lowest) {
                break;
            }
            int s = along.columnSource[e];
            // what was not sent would change too
            if (from.values[s] < lowest) {
                double come = changing.alongEdge(from.values[s], w);
                lowest = come < lowest ? come : lowest;
            }
        }
        return lowest;
    }

    @Override
    int sweep(int member, Segment local, int begin, int end, long[] sending) {
        DoubleCursor cursor = (DoubleCursor) lane.cursor(member);
        int count = 0;
        for (int t = begin; t < end; t++) {
            int v = local.targets[t];
            double bound = values[v];
            if (bound > least) {
                double lowest = lowest(member, local, t, outbox, bound);
                if (lowest < bound) {
                    count += again(cursor, v, lowest, sending);
                }
            }
        }
        return count;
    }

    @Override
    int pushAgain(Segment local, long[] from, long[] sending) {
        DoubleCursor cursor = (DoubleCursor) lane.cursor(0);
        double[] weight = local.rowWeight;
        int count = 0;
        for (int w = 0; w < from.length; w++) {
            for (long left = from[w]; left != 0; left &= left - 1) {
                int s = (w << 6) + Long.numberOfTrailingZeros(left);
                for (int e = local.rowStart[s], end = local.rowStart[s + 1]; e < end; e++) {
                    int v = local.targets[local.rowTarget[e]];
                    double message = outbox.values[s];
                    double come = changesAlong ? program.alongEdge(message, weight == null ? 1 : weight[e]) : message;
                    if (come < values[v]) {
                        count += again(cursor, v, come, sending);
                    }
                }
            }
        }
        return count;
    }

    /** Computes a vertex again; 1 if it sends and was not yet marked as one that does. */
    private int again(DoubleCursor cursor, int vertex, double message, long[] sending) {
        cursor.beginAgain(vertex);
        values[vertex] = cursor.program.compute(cursor, message);
        cursor.endAgain();
        if (!cursor.hasSent) {
            return 0;
        }
        long bit = 1L << vertex;
        outbox.present[vertex >>> 6] |= bit;
        int count = (sending[vertex >>> 6] & bit) == 0 ? 1 : 0;
        sending[vertex >>> 6] |= bit;
        return count;
    }

    @Override
    int lower(Block combined, int[] targets) {
        double[] sent = ((DoubleBlock) combined).values;
        double[] in = inbox.values;
        int count = 0;
        if (!combined.all) {
            combined.ensureListed();
        }
        for (int i = 0; i < combined.count; i++) {
            int place = combined.all ? i : combined.list[i];
            int v = targets[place];
            double come = sent[place];
            if (come < values[v] && come < in[v]) {
                in[v] = come;
                count += note(v);
            }
        }
        return count;
    }
}
