package io.valiant.exchange;

import io.valiant.protocol.SuperstepShare;
import io.valiant.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The last supersteps of a task, until somebody takes them. Holds no more than {@link SuperstepShare#MOST}: where supersteps
 * end faster than they are taken, only every second one is kept, then every fourth, and so on, by their numbers, so that all
 * tasks of a job keep the same. Adding allocates nothing. Safe in any thread.
 */
final class SuperstepLog {
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
    private static final int FIELDS = 9;

    private final Clock clock;

    // guarded by this
    private final long[] rows = new long[CAPACITY * FIELDS];
    private int count;
    private long stride = 1;

    // of the superstep that computes; the program's thread
    private long active = SuperstepShare.UNKNOWN;
    private long combined = SuperstepShare.UNKNOWN;

    SuperstepLog(Clock clock) {
        this.clock = clock;
    }

    /** How many vertices of this task are active in the superstep that computes. Program's thread. */
    void active(long vertices) {
        active = vertices;
    }

    /** How many messages of the superstep that computes were combined into others. Program's thread. */
    void combined(long messages) {
        combined = messages;
    }

    /**
     * A superstep has ended. Program's thread.
     *
     * @param startedNs when the barrier before opened
     * @param arrivedNs when this task arrived at its barrier
     * @param openedNs when that opened
     */
    synchronized void add(
            long superstep, long startedNs, long arrivedNs, long openedNs, long messages, long bytes, long spilled) {
        if (count == CAPACITY) {
            thin();
        }
        if (superstep % stride == 0) {
            int row = count * FIELDS;
            rows[row + SUPERSTEP] = superstep;
            rows[row + STARTED_NS] = startedNs;
            rows[row + COMPUTE_NS] = arrivedNs - startedNs;
            rows[row + BARRIER_NS] = openedNs - arrivedNs;
            rows[row + MESSAGES] = messages;
            rows[row + BYTES] = bytes;
            rows[row + COMBINED] = combined;
            rows[row + SPILLED] = spilled;
            rows[row + ACTIVE] = active;
            count++;
        }
        active = SuperstepShare.UNKNOWN;
        combined = SuperstepShare.UNKNOWN;
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
    synchronized List<SuperstepShare> take() {
        if (count == 0) {
            return List.of();
        }
        long nowNs = clock.nanoTime();
        Instant now = clock.wallTime();
        long nowMicros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
        List<SuperstepShare> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int row = i * FIELDS;
            taken.add(new SuperstepShare(
                    rows[row + SUPERSTEP],
                    nowMicros - TimeUnit.NANOSECONDS.toMicros(nowNs - rows[row + STARTED_NS]),
                    rows[row + COMPUTE_NS],
                    rows[row + BARRIER_NS],
                    rows[row + MESSAGES],
                    rows[row + BYTES],
                    rows[row + COMBINED],
                    rows[row + SPILLED],
                    rows[row + ACTIVE]));
        }
        if (count < CAPACITY / 4 && stride > 1) {
            stride /= 2;
        }
        count = 0;
        return taken;
    }
}
