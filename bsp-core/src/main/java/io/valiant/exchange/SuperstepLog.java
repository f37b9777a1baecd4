package io.valiant.exchange;

import io.valiant.protocol.SuperstepShare;
import io.valiant.protocol.SuperstepTotals;
import io.valiant.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The last supersteps of a task, until somebody takes them. Holds no more than {@link SuperstepShare#MOST}: where supersteps
 * end faster than they are taken, only every second one is kept, then every fourth, and so on, by their numbers, so that all
 * tasks of a job keep the same; what they add up to counts all. Adding allocates nothing. Safe in any thread.
 */
public final class SuperstepLog {
    private static final int CAPACITY = SuperstepShare.MOST;
    private static final int SUPERSTEP = 0;
    private static final int STARTED_NS = 1;
    private static final int COMPUTE_NS = 2;
    private static final int BARRIER_NS = 3;
    private static final int MESSAGES = 4;
    private static final int BYTES = 5;
    private static final int COMBINED = 6;
    private static final int SPILLED = 7;
    private static final int ACTIVE = 8;
    private static final int SUPERSTEPS_SO_FAR = 9;
    private static final int MESSAGES_SO_FAR = 10;
    private static final int BYTES_SO_FAR = 11;
    private static final int SPILLED_SO_FAR = 12;
    private static final int FIELDS = 13;

    /** The row of the newest, whether or not it is among those that are kept. */
    private static final int NEWEST = CAPACITY * FIELDS;

    private final Clock clock;

    // guarded by this
    private final long[] rows = new long[(CAPACITY + 1) * FIELDS];
    private int count;
    private long stride = 1;

    // of the superstep that computes; the program's thread
    private long active = SuperstepShare.UNKNOWN;
    private long combined = SuperstepShare.UNKNOWN;
    private long counted = SuperstepShare.UNKNOWN;

    /** An empty one; the clock also tells wall time, for showing. */
    public SuperstepLog(Clock clock) {
        this.clock = clock;
    }

    /** How many vertices of this task are active in the superstep that computes. Program's thread. */
    public void active(long vertices) {
        active = vertices;
    }

    /** How many messages the superstep that computes sent, if the program knows better. Program's thread. */
    public void messages(long count) {
        counted = count;
    }

    /** How many messages of the superstep that computes were combined into others. Program's thread. */
    public void combined(long messages) {
        combined = messages;
    }

    /**
     * A superstep has ended. Program's thread.
     *
     * @param startedNs when the barrier before opened
     * @param arrivedNs when this task arrived at its barrier
     * @param openedNs when that opened
     */
    public synchronized void add(
            long superstep, long startedNs, long arrivedNs, long openedNs, long messages, long bytes, long spilled) {
        if (count == CAPACITY) {
            thin();
        }
        rows[NEWEST + SUPERSTEP] = superstep;
        rows[NEWEST + STARTED_NS] = startedNs;
        rows[NEWEST + COMPUTE_NS] = arrivedNs - startedNs;
        rows[NEWEST + BARRIER_NS] = openedNs - arrivedNs;
        long sent = counted == SuperstepShare.UNKNOWN ? messages : counted;
        rows[NEWEST + MESSAGES] = sent;
        rows[NEWEST + BYTES] = bytes;
        rows[NEWEST + COMBINED] = combined;
        rows[NEWEST + SPILLED] = spilled;
        rows[NEWEST + ACTIVE] = active;
        rows[NEWEST + SUPERSTEPS_SO_FAR]++;
        rows[NEWEST + MESSAGES_SO_FAR] += sent;
        rows[NEWEST + BYTES_SO_FAR] += bytes;
        rows[NEWEST + SPILLED_SO_FAR] += spilled;
        if (superstep % stride == 0) {
            System.arraycopy(rows, NEWEST, rows, count * FIELDS, FIELDS);
            count++;
        }
        active = SuperstepShare.UNKNOWN;
        combined = SuperstepShare.UNKNOWN;
        counted = SuperstepShare.UNKNOWN;
    }

    /** Keeps every second of those that are kept. */
    private void thin() {
        stride *= 2;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (rows[i * FIELDS + SUPERSTEP] % stride == 0) {
                System.arraycopy(rows, i * FIELDS, rows, kept * FIELDS, FIELDS);
                kept++;
            }
        }
        count = kept;
    }

    /** Takes all there are, oldest first. Any thread. */
    public synchronized List<SuperstepShare> take() {
        List<SuperstepShare> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(share(i * FIELDS, false));
        }
        if (count < CAPACITY / 4 && stride > 1) {
            stride /= 2;
        }
        count = 0;
        return taken;
    }

    /** The program has ended: takes all there are, and the last superstep again though it was taken or is not kept. */
    public synchronized List<SuperstepShare> takeLast() {
        if (rows[NEWEST + SUPERSTEPS_SO_FAR] == 0) {
            return List.of();
        }
        boolean kept = count > 0 && rows[(count - 1) * FIELDS + SUPERSTEP] == rows[NEWEST + SUPERSTEP];
        count -= kept ? 1 : 0;
        List<SuperstepShare> taken = new ArrayList<>(take());
        taken.add(share(NEWEST, true));
        return taken;
    }

    private SuperstepShare share(int row, boolean isLast) {
        Instant now = clock.wallTime();
        long nowMicros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
        return new SuperstepShare(
                rows[row + SUPERSTEP],
                nowMicros - TimeUnit.NANOSECONDS.toMicros(clock.nanoTime() - rows[row + STARTED_NS]),
                rows[row + COMPUTE_NS],
                rows[row + BARRIER_NS],
                rows[row + MESSAGES],
                rows[row + BYTES],
                rows[row + COMBINED],
                rows[row + SPILLED],
                rows[row + ACTIVE],
                new SuperstepTotals(
                        rows[row + SUPERSTEPS_SO_FAR],
                        rows[row + MESSAGES_SO_FAR],
                        rows[row + BYTES_SO_FAR],
                        rows[row + SPILLED_SO_FAR]),
                isLast);
    }
}
