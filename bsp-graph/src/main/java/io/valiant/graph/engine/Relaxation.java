package io.valiant.graph.engine;

import io.valiant.graph.Monotone;
import io.valiant.graph.PrimitiveVertexProgram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How messages come to vertices whose values only fall, see {@link Monotone}: straight into their inbox, and only where
 * they are lower than what is there. Where the program allows it, vertices are computed again until nothing falls within the
 * task: that end is the same in whatever order it is come to, so neither threads nor the choice of push or pull are seen in it.
 * Subclasses are the loops for one primitive type.
 */
abstract class Relaxation {
    /** As long as so many times fewer than all have got a message it is sooner kept in mind who they are than looked for. */
    private static final int A_FEW = 32;

    private static final int LIST_LEAST = 64;

    private final Lane lane;
    private boolean withinTask;
    /** Vertices that have sent and not told their neighbours in this task. */
    private long[] fresh = {};
    /** Those who have sent since. */
    private long[] next = {};

    private final int[] counts;
    /** By member: the edges that were gone along since {@link #relax(Segment, Block)} began to pull. */
    private final long[] looked;
    /**
     * How many edges pulling has looked at last where it ends early, mostly fewer each time. At one of each target it looks to find
     * that it ends.
     */
    private final Map<Segment, Long> lookedLast = new HashMap<>();

    private final Crew.Work pulling = this::pullPiece;
    private final Crew.Work sweeping = this::sweepPiece;

    private final Block inbox;

    /** Who has got a message since the last superstep, in the order in which they came; where {@link #listed} is false not all. */
    private final int[] list;

    private int noted;
    private boolean listed;

    // what is taken along now
    private Segment segment;
    private Block sent;

    Relaxation(Lane lane, PrimitiveVertexProgram program) {
        this.lane = lane;
        this.withinTask = program.getClass().getAnnotation(Monotone.class).withinTask();
        this.counts = new int[lane.crew.size()];
        this.inbox = lane.inbox();
        this.list = new int[Math.min(lane.partition.size() / A_FEW + LIST_LEAST, Lane.FEW)];
        this.looked = new long[lane.crew.size()];
    }

    /** Whether the program promises what this needs. */
    static boolean fits(PrimitiveVertexProgram program) {
        return program.getClass().isAnnotationPresent(Monotone.class);
    }

    /**
     * Whether the program allows that pulling ends early where the weights of columns ascend, see {@link Segment#ascending};
     * not where weights change nothing, since it then ends early in any order.
     */
    static boolean wantsAscending(PrimitiveVertexProgram program) {
        Monotone promise = program.getClass().getAnnotation(Monotone.class);
        return promise != null && promise.growsWithWeight() && AlongEdges.changes(program);
    }

    /**
     * From now on nobody is computed twice in a superstep: where a job is told how many there are to be, how far each goes would
     * otherwise be seen in what comes out, and differ with the number of tasks.
     */
    final void keepStep() {
        withinTask = false;
    }

    /** Whether messages within the task have come when a superstep's computing ends. */
    final boolean isWithinTask() {
        return withinTask;
    }

    /** Takes what was sent along a segment's edges into the inbox of this task's vertices. */
    final void relax(Segment along, Block from) {
        if (from.count == 0 || along.edges() == 0) {
            return;
        }
        long edges = lookedLast.isEmpty() ? along.edges() : lookedLast.getOrDefault(along, (long) along.edges());
        if (!from.all && Lane.isSparse(along, from, edges)) {
            reached(push(along, from));
            return;
        }
        segment = along;
        sent = from;
        lookAt(from);
        Arrays.fill(looked, 0);
        lane.inPieces(along.wordPieces(), edges, pulling);
        int came = takeCounts();
        listed &= came == 0;
        reached(came);
        if (lane.changesAlong && along.ascending) {
            lookedLast.put(along, Math.min(Arrays.stream(looked).sum() + along.targets.length, along.edges()));
        }
    }

    /** A member has gone along so many edges. */
    final void looked(int member, long edges) {
        looked[member] += edges;
    }

    private void pullPiece(int member, int piece) {
        counts[member] += pull(member, segment, sent, segment.wordCuts[piece], segment.wordCuts[piece + 1]);
    }

    private int takeCounts() {
        int sum = 0;
        for (int member = 0; member < counts.length; member++) {
            sum += counts[member];
            counts[member] = 0;
        }
        return sum;
    }

    /** Marks a vertex that has got a message; 1 if that is its first. Whoever pulls for the word it lies in. */
    final int mark(int vertex) {
        long[] present = inbox.present;
        long bits = present[vertex >>> 6];
        present[vertex >>> 6] = bits | 1L << vertex;
        return (int) (~bits >>> vertex) & 1;
    }

    /** The same, and keeps in mind who it is. Program's own thread. */
    final int note(int vertex) {
        int first = mark(vertex);
        if (first != 0 && listed) {
            listed = noted < list.length;
            if (listed) {
                list[noted++] = vertex;
            }
        }
        return first;
    }

    /** Whether it is known who has got a message: so few that it pays to compute these alone. Not where more are computed for them. */
    final boolean isListed() {
        return listed && !withinTask;
    }

    /** How many are {@link #isListed listed}. */
    final int noted() {
        return noted;
    }

    /** The i-th of those that are {@link #isListed listed}. */
    final int noted(int i) {
        return list[i];
    }

    /** All who have got a message are computed. */
    final void computed() {
        noted = 0;
        listed = true;
    }

    private void reached(int vertices) {
        inbox.count += vertices;
        lane.reached(vertices);
    }

    /** Takes combined values into the inbox: the i-th is for vertex {@code targets[i]}. */
    final void relax(Block combined, int[] targets) {
        if (combined.count > 0) {
            reached(lower(combined, targets));
        }
    }

    /** After vertices were computed: computes again until nothing falls within the task; the outbox has what all sent last. */
    final void settle() {
        Block outbox = lane.outbox();
        Segment local = lane.partition.local();
        if (local.edges() == 0 || outbox.count == 0) {
            return;
        }
        if (fresh.length == 0) {
            fresh = new long[outbox.present.length];
            next = new long[outbox.present.length];
        }
        System.arraycopy(outbox.present, 0, fresh, 0, fresh.length);
        int count = outbox.count;
        while (count > 0) {
            if (isFew(local, count)) {
                count = pushAgain(local, fresh, next);
            } else {
                segment = local;
                sent = outbox;
                lookAt(outbox);
                lane.inPieces(local.wordPieces(), local.edges(), sweeping);
                count = takeCounts();
            }
            long[] told = fresh;
            fresh = next;
            next = told;
            Arrays.fill(next, 0);
        }
        int senders = 0;
        for (long bits : outbox.present) {
            senders += Long.bitCount(bits);
        }
        outbox.count = senders;
    }

    private void sweepPiece(int member, int piece) {
        counts[member] += sweep(member, segment, segment.wordCuts[piece], segment.wordCuts[piece + 1], next);
    }

    /** Whether those that are fresh are told sooner by pushing. */
    private boolean isFew(Segment local, int count) {
        if (count > fresh.length * 8) {
            return false;
        }
        long edges = 0;
        for (int w = 0; w < fresh.length; w++) {
            for (long left = fresh[w]; left != 0; left &= left - 1) {
                int source = (w << 6) + Long.numberOfTrailingZeros(left);
                edges += local.rowStart[source + 1] - local.rowStart[source];
            }
        }
        return edges * 4 < local.edges();
    }

    /** Finds the lowest of what was sent: nothing lower can come. */
    abstract void lookAt(Block from);

    /** Takes messages by source; returns how many vertices have got their first one. */
    abstract int push(Segment along, Block from);

    /** The same by target, for targets {@code begin .. end}. */
    abstract int pull(int member, Segment along, Block from, int begin, int end);

    /** Computes vertices {@code begin .. end} of a segment's targets again that have a lower message; marks and counts those that send. */
    abstract int sweep(int member, Segment local, int begin, int end, long[] sending);

    /** The same for the neighbours of those that are fresh. */
    abstract int pushAgain(Segment local, long[] from, long[] sending);

    /** See {@link #relax(Block, int[])}; returns how many vertices have got their first message. */
    abstract int lower(Block combined, int[] targets);
}
