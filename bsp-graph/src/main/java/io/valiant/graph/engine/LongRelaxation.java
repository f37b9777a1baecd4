package io.valiant.graph.engine;

import io.valiant.graph.LongVertexProgram;
import java.util.List;

/** A {@link Relaxation} of longs. */
final class LongRelaxation extends Relaxation {
    private final LongLane lane;
    private final List<LongVertexProgram> programs;

    /** That of the program's own thread, which pushes. */
    private final LongVertexProgram program;

    private final boolean changesAlong;
    private final long[] values;
    private final LongBlock inbox;
    private final LongBlock outbox;

    /** Nothing lower was sent. */
    private long least;

    LongRelaxation(LongLane lane, LongBlock inbox, List<LongVertexProgram> programs) {
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
        long[] in = ((LongBlock) from).values;
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < in.length; i++) {
            if (in[i] < lowest) {
                lowest = in[i];
            }
        }
        least = lowest;
    }

    @Override
    int push(Segment along, Block from) {
        long[] sent = ((LongBlock) from).values;
        int count = 0;
        from.ensureListed();
        for (int i = 0; i < from.count; i++) {
            int s = from.list[i];
            count += pushFrom(along, s, sent[s]);
        }
        return count;
    }

    private int pushFrom(Segment along, int source, long message) {
        double[] weight = along.rowWeight;
        long[] in = inbox.values;
        int count = 0;
        for (int e = along.rowStart[source], end = along.rowStart[source + 1]; e < end; e++) {
            int v = along.targets[along.rowTarget[e]];
            long come = changesAlong ? program.alongEdge(message, weight == null ? 1 : weight[e]) : message;
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
                ? pullChanged(member, along, (LongBlock) from, begin, end)
                : pullSent(along, ((LongBlock) from).values, begin, end);
    }

    /** The loop of {@link #lowestSent} for many targets: a JVM compiles one long loop sooner than many short ones. */
    private int pullSent(Segment along, long[] sent, int begin, int end) {
        long[] in = inbox.values;
        int[] start = along.columnStart;
        int[] source = along.columnSource;
        int count = 0;
        for (int t = begin; t < end; t++) {
            int v = along.targets[t];
            long bound = Math.min(values[v], in[v]);
            long lowest = bound;
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
    private int pullChanged(int member, Segment along, LongBlock from, int begin, int end) {
        LongVertexProgram changing = programs.get(member);
        long[] in = inbox.values;
        long[] sent = from.values;
        double[] weight = along.columnWeight;
        boolean ascending = along.ascending;
        long looked = 0;
        int count = 0;
        for (int t = begin; t < end; t++) {
            int v = along.targets[t];
            long bound = Math.min(values[v], in[v]);
            long lowest = bound;
            int e = along.columnStart[t];
            for (int last = along.columnStart[t + 1]; e < last; e++) {
                double w = weight == null ? 1 : weight[e];
                if (ascending && changing.alongEdge(least, w) >= lowest) {
                    break;
                }
                long come = sent[along.columnSource[e]];
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
    private long lowest(int member, Segment along, int target, LongBlock from, long bound) {
        int last = along.columnStart[target + 1];
        return changesAlong
                ? lowestChanged(programs.get(member), along, target, last, from, bound)
                : lowestSent(along.columnSource, along.columnStart[target], last, from.values, bound);
    }

    private long lowestSent(int[] source, int begin, int end, long[] sent, long bound) {
        long lowest = bound;
        for (int e = begin; e < end; e++) {
            long come = sent[source[e]];
            if (come < lowest) {
                lowest = come;
                if (come <= least) {
                    return lowest;
                }
            }
        }
        return lowest;
    }

    private long lowestChanged(
            LongVertexProgram changing, Segment along, int target, int last, LongBlock from, long bound) {
        double[] weight = along.columnWeight;
        long lowest = bound;
        for (int e = along.columnStart[target]; e < last; e++) {
            double w = weight == null ? 1 : weight[e];
            if (along.ascending && changing.alongEdge(least, w) >= lowest) {
                break;
            }
            int s = along.columnSource[e];
            // what was not sent would change too
            if (from.values[s] < lowest) {
                long come = changing.alongEdge(from.values[s], w);
                lowest = come < lowest ? come : lowest;
            }
        }
        return lowest;
    }

    @Override
    int sweep(int member, Segment local, int begin, int end, long[] sending) {
        LongCursor cursor = (LongCursor) lane.cursor(member);
        int count = 0;
        for (int t = begin; t < end; t++) {
            int v = local.targets[t];
            long bound = values[v];
            if (bound > least) {
                long lowest = lowest(member, local, t, outbox, bound);
                if (lowest < bound) {
                    count += again(cursor, v, lowest, sending);
                }
            }
        }
        return count;
    }

    @Override
    int pushAgain(Segment local, long[] from, long[] sending) {
        LongCursor cursor = (LongCursor) lane.cursor(0);
        double[] weight = local.rowWeight;
        int count = 0;
        for (int w = 0; w < from.length; w++) {
            for (long left = from[w]; left != 0; left &= left - 1) {
                int s = (w << 6) + Long.numberOfTrailingZeros(left);
                for (int e = local.rowStart[s], end = local.rowStart[s + 1]; e < end; e++) {
                    int v = local.targets[local.rowTarget[e]];
                    long message = outbox.values[s];
                    long come = changesAlong ? program.alongEdge(message, weight == null ? 1 : weight[e]) : message;
                    if (come < values[v]) {
                        count += again(cursor, v, come, sending);
                    }
                }
            }
        }
        return count;
    }

    /** Computes a vertex again; 1 if it sends and was not yet marked as one that does. */
    private int again(LongCursor cursor, int vertex, long message, long[] sending) {
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
        long[] sent = ((LongBlock) combined).values;
        long[] in = inbox.values;
        int count = 0;
        if (!combined.all) {
            combined.ensureListed();
        }
        for (int i = 0; i < combined.count; i++) {
            int place = combined.all ? i : combined.list[i];
            int v = targets[place];
            long come = sent[place];
            if (come < values[v] && come < in[v]) {
                in[v] = come;
                count += note(v);
            }
        }
        return count;
    }
}
