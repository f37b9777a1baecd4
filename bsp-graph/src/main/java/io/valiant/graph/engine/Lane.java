package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combination;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.IntVertexProgram;
import io.valiant.graph.LongMessagesProgram;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.PrimitiveVertexProgram;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.ResultLines;
import io.valiant.graph.step.Aggregates;
import java.io.IOException;
import java.util.Arrays;

/**
 * The arrays of one program: values, what was sent, what came, who is active. Subclasses are the loops for one primitive
 * type. What is sent by a vertex is one value for all its neighbours; several sends are combined.
 */
abstract class Lane {
    final Partition partition;
    final Combination combination;
    /** Vertices that have not voted to halt. */
    final long[] active;
    /** Vertices that have a neighbour: if all of these have sent, the outbox is complete. */
    private final int senders;

    /** Whether messages change on their way along edges. */
    final boolean changesAlong;

    private long activeCount;

    Lane(Partition partition, Combination combination, boolean changesAlong) {
        this.partition = partition;
        this.combination = combination;
        this.changesAlong = changesAlong;
        this.active = new long[(partition.size() + 63) >>> 6];
        int count = 0;
        for (int d : partition.degree()) {
            count += d > 0 ? 1 : 0;
        }
        this.senders = count;
    }

    /** The lane that a program needs. */
    static Lane of(PrimitiveVertexProgram program, Combination combination, Partition partition) {
        if (program instanceof DoubleVertexProgram doubles) {
            return new DoubleLane(doubles, combination, partition);
        }
        if (program instanceof LongVertexProgram longs) {
            return new LongLane(longs, combination, partition);
        }
        if (program instanceof LongMessagesProgram messages) {
            return new GatherLane(messages, partition);
        }
        return new IntLane((IntVertexProgram) program, combination, partition);
    }

    /** Sets all values to their initial ones and makes all vertices active. */
    final void initialise(LabelOrder labels, Aggregates aggregates) {
        open(labels, aggregates);
        Arrays.fill(active, -1L);
        int tail = partition.size() & 63;
        if (tail != 0) {
            active[active.length - 1] = (1L << tail) - 1;
        }
        activeCount = partition.size();
        initialiseValues();
    }

    /**
     * Writes what it has between two supersteps: who is active, and the values. What was sent is not here any more, and what
     * comes not here yet.
     */
    final void save(ArrayOutput out) throws IOException {
        out.writeLongs(active, active.length);
        saveValues(out);
    }

    /** Instead of {@link #initialise}: becomes what was {@link #save saved}. */
    final void restore(LabelOrder labels, Aggregates aggregates, ArrayInput in) throws IOException {
        open(labels, aggregates);
        Block.restoreBits(in, active, partition.size());
        restoreValues(in);
        for (long bits : active) {
            activeCount += Long.bitCount(bits);
        }
    }

    /** One superstep: every vertex that is active or has a message. What is to be delivered is then in the outbox. */
    final void compute(long superstep) {
        Cursor cursor = cursor();
        cursor.superstep = superstep;
        Block sent = outbox();
        long[] came = inbox().present;
        sent.beginSome();
        int count = 0;
        long stayed = 0;
        for (int w = 0; w < active.length; w++) {
            if ((active[w] | came[w]) != 0) {
                long bits = computeWord(w, active[w] | came[w], came[w]);
                count += Long.bitCount(bits);
                sent.present[w] = bits;
                came[w] = 0;
                stayed += Long.bitCount(active[w]);
            }
        }
        activeCount = stayed;
        sent.count = count;
        sent.listed = false;
        sent.all = count > 0 && count == senders;
    }

    final long activeCount() {
        return activeCount;
    }

    /** How many vertices have sent in this superstep. */
    final long sentCount() {
        return outbox().count;
    }

    final boolean hasHaltedAll() {
        return cursor().hasHaltedAll;
    }

    /**
     * Takes values along a segment's edges, combined for each target: pulled by targets where most sources have sent, pushed
     * by sources where few have. Both fold in the order of the sources.
     */
    final void spread(Segment segment, Block from, Block to) {
        if (from.count == 0 || segment.edges() == 0) {
            to.beginSome();
        } else if (from.all || !isSparse(segment, from)) {
            pull(segment, from, to);
        } else {
            push(segment, from, to);
        }
    }

    private static boolean isSparse(Segment segment, Block from) {
        if (from.count > from.size / 4) {
            return false;
        }
        from.ensureListed();
        long edges = 0;
        for (int i = 0; i < from.count; i++) {
            edges += segment.rowStart[from.list[i] + 1] - segment.rowStart[from.list[i]];
        }
        return edges * 2 < segment.edges();
    }

    /** Whether what was sent is not combined: {@link #copy} and {@link #take} instead of pull, push and deliver. */
    boolean gathers() {
        return false;
    }

    /** Copies what all vertices have sent. */
    void copy(Block to) {
        throw new IllegalStateException("this lane combines");
    }

    /** Takes what a task's vertices have sent along a segment; valid until the next superstep is over. */
    void take(int task, Segment segment, Block from) {
        throw new IllegalStateException("this lane combines");
    }

    abstract Cursor cursor();

    abstract Block outbox();

    abstract Block inbox();

    /** A block for values of this lane. */
    abstract Block block(int size);

    /** Makes the cursor; before everything else. */
    abstract void open(LabelOrder labels, Aggregates aggregates);

    abstract void initialiseValues();

    abstract void saveValues(ArrayOutput out) throws IOException;

    abstract void restoreValues(ArrayInput in) throws IOException;

    /**
     * Computes the vertices of one word of the bitmaps, sets their bits in {@link #active} anew and returns who has sent.
     *
     * @param run who is computed
     * @param came who of them has a message
     */
    abstract long computeWord(int word, long run, long came);

    /** Copies what the vertices of a boundary have sent. */
    abstract void collect(int[] boundary, Block to);

    abstract void pull(Segment segment, Block from, Block to);

    abstract void push(Segment segment, Block from, Block to);

    /** Folds combined values into the inbox: the i-th is for vertex {@code targets[i]}. */
    abstract void deliver(Block combined, int[] targets);

    /** Writes all values. */
    abstract void write(ResultLines out, LabelOrder labels) throws BspException;
}
