package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.graph.LongMessagesProgram;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.ResultLines;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link Lane} of longs whose program sees every message: what was sent stays as it came, by source, and is gathered along the
 * columns of each segment when its target is computed. All segments lie with their receivers.
 */
final class GatherLane extends Lane {
    private final List<LongMessagesProgram> programs;
    private final long[] values;
    private final LongBlock outbox;

    /** Only its bitmap is used: who has messages. */
    private final LongBlock inbox;

    // by sending task: where its edges lie, and what its vertices have sent
    private final Segment[] segments;
    private final LongBlock[] sent;

    GatherLane(List<LongMessagesProgram> programs, Partition partition, Crew crew) {
        super(partition, null, false, crew);
        this.programs = programs;
        this.values = new long[partition.size()];
        this.outbox = new LongBlock(partition.size(), 0);
        this.inbox = new LongBlock(partition.size(), 0);
        this.segments = new Segment[partition.tasks()];
        this.sent = new LongBlock[partition.tasks()];
    }

    @Override
    boolean gathers() {
        return true;
    }

    @Override
    void take(int task, Segment segment, Block from) {
        segments[task] = segment;
        sent[task] = (LongBlock) from;
        int[] targets = segment.targets;
        if (from.count == 0) {
            return;
        }
        reached(targets.length);
        for (int t = 0; t < targets.length; t++) {
            if (from.all || anySent(segment, t, from)) {
                inbox.present[targets[t] >>> 6] |= 1L << targets[t];
            }
        }
    }

    private static boolean anySent(Segment segment, int target, Block from) {
        for (int e = segment.columnStart[target]; e < segment.columnStart[target + 1]; e++) {
            if (from.has(segment.columnSource[e])) {
                return true;
            }
        }
        return false;
    }

    /** Gathers the messages to the cursor's vertex, not below the one before in this piece; how many there are. */
    private int gather(GatherCursor cursor) {
        int v = cursor.number;
        int count = 0;
        for (int task = 0; task < segments.length; task++) {
            Segment segment = segments[task];
            if (segment == null || sent[task].count == 0) {
                continue;
            }
            int[] targets = segment.targets;
            int at = cursor.next[task];
            while (at < targets.length && targets[at] < v) {
                at++;
            }
            cursor.next[task] = at;
            if (at < targets.length && targets[at] == v) {
                count = gather(cursor, segment, at, sent[task], count);
            }
        }
        return count;
    }

    private static int gather(GatherCursor cursor, Segment segment, int target, LongBlock from, int already) {
        int start = segment.columnStart[target];
        int end = segment.columnStart[target + 1];
        long[] messages = cursor.room((long) already + (end - start));
        int count = already;
        for (int e = start; e < end; e++) {
            int source = segment.columnSource[e];
            if (from.all || from.has(source)) {
                messages[count++] = from.values[source];
            }
        }
        return count;
    }

    @Override
    void beginPiece(Cursor moved, int vertex) {
        GatherCursor cursor = (GatherCursor) moved;
        for (int task = 0; task < segments.length; task++) {
            if (segments[task] != null) {
                int at = Arrays.binarySearch(segments[task].targets, vertex);
                cursor.next[task] = at < 0 ? -at - 1 : at;
            }
        }
    }

    @Override
    long computeWord(Cursor moved, int word, long run, long came) {
        GatherCursor cursor = (GatherCursor) moved;
        LongMessagesProgram program = cursor.program;
        long stay = 0;
        long hasSent = 0;
        for (long left = run; left != 0; left &= left - 1) {
            long bit = left & -left;
            int v = (word << 6) + Long.numberOfTrailingZeros(left);
            boolean any = (came & bit) != 0;
            cursor.move(v, any);
            int count = any ? gather(cursor) : 0;
            values[v] = program.compute(cursor, cursor.messages(), count);
            stay |= cursor.hasHalted ? 0 : bit;
            hasSent |= cursor.hasSent ? bit : 0;
        }
        active[word] = stay;
        return hasSent;
    }

    @Override
    Cursor cursor(int member, LabelOrder labels, AggregatorView aggregators) {
        return new GatherCursor(programs.get(member), partition, labels, aggregators, values, outbox.values);
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
    LongBlock block(int size) {
        return new LongBlock(size, 0);
    }

    @Override
    void initialiseValues(Cursor cursor) {
        LongMessagesProgram program = programs.get(0);
        for (int v = 0; v < values.length; v++) {
            cursor.move(v, false);
            values[v] = program.initialValue(cursor);
            cursor.refuseActs();
        }
    }

    @Override
    void collect(Boundary boundary, Block to) {
        int[] vertices = boundary.vertices;
        long[] out = ((LongBlock) to).values;
        if (outbox.all) {
            to.beginAll();
            for (int i = 0; i < vertices.length; i++) {
                out[i] = outbox.values[vertices[i]];
            }
            return;
        }
        to.beginSome();
        for (int i = 0; i < vertices.length; i++) {
            if (outbox.has(vertices[i])) {
                out[i] = outbox.values[vertices[i]];
                to.add(i);
            }
        }
        to.endSome();
    }

    /** What stays with this task: all vertices are sources. */
    @Override
    void copy(Block to) {
        long[] out = ((LongBlock) to).values;
        if (outbox.all) {
            to.beginAll();
            System.arraycopy(outbox.values, 0, out, 0, out.length);
            return;
        }
        to.beginSome();
        for (int v = 0; v < out.length; v++) {
            if (outbox.has(v)) {
                out[v] = outbox.values[v];
                to.add(v);
            }
        }
        to.endSome();
    }

    @Override
    void pull(Segment segment, Block from, Block to) {
        throw combines();
    }

    @Override
    void push(Segment segment, Block from, Block to) {
        throw combines();
    }

    @Override
    void deliver(Block combined, int[] targets) {
        throw combines();
    }

    private static IllegalStateException combines() {
        return new IllegalStateException("messages that are seen one by one are not combined");
    }

    @Override
    void saveValues(ArrayOutput out) throws IOException {
        out.writeLongs(values, values.length);
    }

    @Override
    void restoreValues(ArrayInput in) throws IOException {
        in.readLongs(values);
    }

    @Override
    void write(ResultLines out, LabelOrder labels) throws BspException {
        if (labels != null) {
            labels.write(out, values);
            return;
        }
        for (int v = 0; v < values.length; v++) {
            out.write(partition.ids(), v, values[v]);
        }
    }
}
