package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combination;
import io.valiant.graph.IntVertexProgram;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.ResultLines;
import java.io.IOException;
import java.util.List;

/** A {@link Lane} of ints. */
final class IntLane extends Lane {
    final int[] values;
    final IntBlock outbox;
    private final IntBlock inbox;
    private final List<IntVertexProgram> programs;

    /** That of the program's own thread, which pushes. */
    private final IntVertexProgram program;

    private final int identity;
    private final boolean isSum;
    private final boolean isMin;
    private final int[] counts;
    private final Crew.Work pulling = this::pullPiece;

    // what is pulled now
    private Segment segment;
    private IntBlock from;
    private IntBlock to;
    private boolean isUniform;
    private boolean holdsIdentity;

    private final IntRelaxation relaxation;

    IntLane(List<IntVertexProgram> programs, Combination combination, Partition partition, Crew crew) {
        super(partition, combination, AlongEdges.changes(programs.get(0)), crew);
        this.programs = programs;
        this.program = programs.get(0);
        this.counts = new int[crew.size()];
        this.identity = identity(combination);
        this.isSum = combination == Combination.SUM;
        this.isMin = combination == Combination.MIN;
        this.values = new int[partition.size()];
        this.outbox = new IntBlock(partition.size(), identity);
        this.inbox = new IntBlock(partition.size(), identity);
        this.relaxation = Relaxation.fits(program) ? new IntRelaxation(this, inbox, programs) : null;
    }

    private static int identity(Combination combination) {
        return switch (combination) {
            case SUM -> 0;
            case MIN -> Integer.MAX_VALUE;
            case MAX -> Integer.MIN_VALUE;
        };
    }

    /** Two ifs on final fields rather than a switch: the compiler takes these out of loops. */
    int combine(int a, int b) {
        if (isSum) {
            return a + b;
        }
        return isMin ? Math.min(a, b) : Math.max(a, b);
    }

    private static boolean isSame(int a, int b) {
        return a == b;
    }

    @Override
    Cursor cursor(int member, LabelOrder labels, AggregatorView aggregators) {
        return new IntCursor(programs.get(member), labels, aggregators, this);
    }

    @Override
    Relaxation relaxation() {
        return relaxation;
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
    IntBlock block(int size) {
        return new IntBlock(size, identity);
    }

    @Override
    void initialiseValues(Cursor cursor) {
        for (int v = 0; v < values.length; v++) {
            cursor.move(v, false);
            values[v] = program.initialValue(cursor);
            cursor.refuseActs();
        }
    }

    @Override
    long computeWord(Cursor moved, int word, long run, long came) {
        IntCursor cursor = (IntCursor) moved;
        IntVertexProgram computed = cursor.program;
        long stay = 0;
        long sent = 0;
        int[] in = inbox.values;
        for (long left = run; left != 0; left &= left - 1) {
            long bit = left & -left;
            int v = (word << 6) + Long.numberOfTrailingZeros(left);
            int message = in[v];
            in[v] = identity;
            cursor.move(v, (came & bit) != 0);
            values[v] = computed.compute(cursor, message);
            stay |= cursor.hasHalted ? 0 : bit;
            sent |= cursor.hasSent ? bit : 0;
        }
        active[word] = stay;
        return sent;
    }

    @Override
    void collect(Boundary boundary, Block to) {
        int[] vertices = boundary.vertices;
        int[] out = ((IntBlock) to).values;
        int[] sent = outbox.values;
        if (outbox.all) {
            to.beginAll();
            for (int i = 0; i < vertices.length; i++) {
                out[i] = sent[vertices[i]];
            }
            return;
        }
        to.beginSome();
        if (outbox.count < vertices.length / 16) {
            outbox.ensureListed();
            for (int i = 0; i < outbox.count; i++) {
                int vertex = outbox.list[i];
                int at = boundary.place(vertex);
                if (at >= 0) {
                    out[at] = sent[vertex];
                    to.add(at);
                }
            }
        } else {
            for (int i = 0; i < vertices.length; i++) {
                if (outbox.has(vertices[i])) {
                    out[i] = sent[vertices[i]];
                    to.add(i);
                }
            }
        }
        to.endSome();
    }

    @Override
    void pull(Segment along, Block sent, Block made) {
        segment = along;
        from = (IntBlock) sent;
        to = (IntBlock) made;
        if (from.all) {
            to.beginAll();
        } else {
            to.beginBits();
            lookAtSent();
        }
        inPieces(along.pieces(), along.edges(), pulling);
        if (!from.all) {
            for (int member = 0; member < counts.length; member++) {
                to.count += counts[member];
                counts[member] = 0;
            }
            to.endSome();
        }
    }

    /** Whether all that was sent is the same, and whether any of it equals no message. */
    private void lookAtSent() {
        int first = identity;
        boolean any = false;
        isUniform = !changesAlong && combination != Combination.SUM;
        holdsIdentity = combination == Combination.SUM;
        for (int w = 0; w < from.present.length; w++) {
            for (long left = from.present[w]; left != 0; left &= left - 1) {
                int value = from.values[(w << 6) + Long.numberOfTrailingZeros(left)];
                first = any ? first : value;
                any = true;
                isUniform &= isSame(value, first);
                holdsIdentity |= isSame(value, identity);
            }
        }
    }

    private void pullPiece(int member, int piece) {
        int begin = segment.cuts[piece];
        int end = segment.cuts[piece + 1];
        if (changesAlong) {
            counts[member] += pullAlong(programs.get(member), begin, end);
        } else if (!from.all && isUniform) {
            counts[member] += pullAny(begin, end);
        } else {
            switch (combination) {
                case SUM -> pullSum(segment.columnStart, segment.columnSource, from.values, to.values, begin, end);
                case MIN -> pullMin(segment.columnStart, segment.columnSource, from.values, to.values, begin, end);
                case MAX -> pullMax(segment.columnStart, segment.columnSource, from.values, to.values, begin, end);
            }
            counts[member] += from.all ? 0 : mark(begin, end);
        }
    }

    /** Marks the targets to which something came, and returns how many. */
    private int mark(int begin, int end) {
        int[] out = to.values;
        long[] present = to.present;
        int count = 0;
        for (int t = begin; t < end; t++) {
            if (!isSame(out[t], identity) || (holdsIdentity && anyPresent(segment, t, from) >= 0)) {
                present[t >>> 6] |= 1L << t;
                count++;
            }
        }
        return count;
    }

    /** Where all that was sent is the same, one message is as good as all. */
    private int pullAny(int begin, int end) {
        int[] out = to.values;
        long[] present = to.present;
        int count = 0;
        for (int t = begin; t < end; t++) {
            int source = anyPresent(segment, t, from);
            out[t] = source < 0 ? identity : from.values[source];
            if (source >= 0) {
                present[t >>> 6] |= 1L << t;
                count++;
            }
        }
        return count;
    }

    /** Pulls messages that change on their way; those that were not sent are left out, since they would change too. */
    private int pullAlong(IntVertexProgram changing, int begin, int end) {
        int[] in = from.values;
        int[] out = to.values;
        double[] weight = segment.columnWeight;
        boolean all = from.all;
        int count = 0;
        for (int t = begin; t < end; t++) {
            int folded = identity;
            boolean any = false;
            for (int e = segment.columnStart[t], last = segment.columnStart[t + 1]; e < last; e++) {
                int s = segment.columnSource[e];
                if (all || from.has(s)) {
                    folded = combine(folded, changing.alongEdge(in[s], weight == null ? 1 : weight[e]));
                    any = true;
                }
            }
            out[t] = folded;
            if (any && !all) {
                to.present[t >>> 6] |= 1L << t;
                count++;
            }
        }
        return count;
    }

    /** A source of that target that has sent, or -1. */
    private static int anyPresent(Segment segment, int target, Block from) {
        int[] source = segment.columnSource;
        long[] present = from.present;
        for (int e = segment.columnStart[target], end = segment.columnStart[target + 1]; e < end; e++) {
            int s = source[e];
            if ((present[s >>> 6] >>> s & 1) != 0) {
                return s;
            }
        }
        return -1;
    }

    private static void pullSum(int[] start, int[] source, int[] in, int[] out, int begin, int end) {
        for (int t = begin; t < end; t++) {
            int sum = 0;
            for (int e = start[t], last = start[t + 1]; e < last; e++) {
                sum += in[source[e]];
            }
            out[t] = sum;
        }
    }

    private static void pullMin(int[] start, int[] source, int[] in, int[] out, int begin, int end) {
        for (int t = begin; t < end; t++) {
            int least = Integer.MAX_VALUE;
            for (int e = start[t], last = start[t + 1]; e < last; e++) {
                least = Math.min(least, in[source[e]]);
            }
            out[t] = least;
        }
    }

    private static void pullMax(int[] start, int[] source, int[] in, int[] out, int begin, int end) {
        for (int t = begin; t < end; t++) {
            int greatest = Integer.MIN_VALUE;
            for (int e = start[t], last = start[t + 1]; e < last; e++) {
                greatest = Math.max(greatest, in[source[e]]);
            }
            out[t] = greatest;
        }
    }

    @Override
    void push(Segment along, Block sent, Block made) {
        int[] in = ((IntBlock) sent).values;
        int[] out = ((IntBlock) made).values;
        double[] weight = along.rowWeight;
        sent.ensureListed();
        made.beginSome();
        for (int i = 0; i < sent.count; i++) {
            int s = sent.list[i];
            int message = in[s];
            for (int e = along.rowStart[s], end = along.rowStart[s + 1]; e < end; e++) {
                int t = along.rowTarget[e];
                if (!made.has(t)) {
                    made.add(t);
                }
                out[t] = combine(
                        out[t], changesAlong ? program.alongEdge(message, weight == null ? 1 : weight[e]) : message);
            }
        }
        made.endSome();
    }

    @Override
    void deliver(Block combined, int[] targets) {
        reached(combined.count);
        int[] made = ((IntBlock) combined).values;
        int[] in = inbox.values;
        long[] present = inbox.present;
        if (combined.all) {
            for (int t = 0; t < targets.length; t++) {
                int v = targets[t];
                in[v] = combine(in[v], made[t]);
                present[v >>> 6] |= 1L << v;
            }
            return;
        }
        combined.ensureListed();
        for (int i = 0; i < combined.count; i++) {
            int v = targets[combined.list[i]];
            in[v] = combine(in[v], made[combined.list[i]]);
            present[v >>> 6] |= 1L << v;
        }
    }

    @Override
    void saveValues(ArrayOutput out) throws IOException {
        out.writeInts(values, values.length);
    }

    @Override
    void restoreValues(ArrayInput in) throws IOException {
        in.readInts(values);
    }

    @Override
    void write(ResultLines out, LabelOrder labels) throws BspException {
        for (int v = 0; v < values.length; v++) {
            out.write(partition.ids(), v, values[v]);
        }
    }
}
