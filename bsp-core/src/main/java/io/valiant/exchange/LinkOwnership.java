package io.valiant.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Who may touch the links now: the program's thread, the I/O thread, or whoever comes first. Handed over by compare-and-set;
 * links that the I/O thread only waits on are taken from under it, so that nobody switches threads for a barrier.
 *
 * <pre>
 *   FREE ── acquire ──► PROGRAM ── release ──► FREE
 *   FREE ── take ──► IO ── beginWait ──► IO_WAITING ── endWait ──► IO ── release ──► FREE
 *                                        IO_WAITING ── acquire ──► PROGRAM      (endWait then says false)
 * </pre>
 */
final class LinkOwnership {
    private static final int FREE = 0;
    private static final int PROGRAM = 1;
    private static final int IO = 2;
    private static final int IO_WAITING = 3;

    private static final int SPINS = 2000;
    private static final long PAUSE_NS = 20_000;

    private final AtomicInteger state = new AtomicInteger(FREE);

    /** Ends the I/O thread's waiting. */
    private final Runnable wakeUp;

    /** The program's thread waits for the I/O thread to end its turn. */
    private volatile boolean wanted;

    /** The thread that has acquired the links; written by it. */
    private volatile Thread holder;

    /** Counts the barriers and frames for which the program's thread has owned the links; written by it. */
    private final AtomicLong turns = new AtomicLong();

    LinkOwnership(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    // ---- the program's thread

    /** Waits until the links are this thread's. */
    void acquire() {
        for (int tries = 0; !tryAcquire(); tries++) {
            wanted = true;
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, PAUSE_NS);
            }
        }
        wanted = false;
        holder = Thread.currentThread();
    }

    private boolean tryAcquire() {
        if (state.compareAndSet(FREE, PROGRAM)) {
            return true;
        }
        if (state.compareAndSet(IO_WAITING, PROGRAM)) {
            wakeUp.run();
            return true;
        }
        return false;
    }

    /** Takes the links if nobody is at work on them. */
    boolean acquireIfIdle() {
        if (tryAcquire()) {
            holder = Thread.currentThread();
            return true;
        }
        return false;
    }

    /** Whether the calling thread has acquired the links. */
    boolean isHeldByCaller() {
        return holder == Thread.currentThread();
    }

    /** The program's thread has served the links and computes: if that takes long, the I/O thread steps in. */
    void countTurn() {
        turns.lazySet(turns.get() + 1);
    }

    /** There is something to write: wakes the I/O thread if it waits. */
    void nudge() {
        if (state.get() == IO_WAITING) {
            wakeUp.run();
        }
    }

    // ---- either

    /** The links are anybody's. */
    void release() {
        holder = null;
        state.set(FREE);
    }

    // ---- the I/O thread

    /** Takes the links if nobody has them. */
    boolean take() {
        return state.compareAndSet(FREE, IO);
    }

    /** The I/O thread is going to wait and touches no link until {@link #endWait()}. */
    void beginWait() {
        state.set(IO_WAITING);
    }

    /** The I/O thread has waited; whether the links are still its own. */
    boolean endWait() {
        return state.compareAndSet(IO_WAITING, IO);
    }

    /** The I/O thread's turn has failed: the links are anybody's, if they were still its own. */
    void giveUp() {
        if (!state.compareAndSet(IO, FREE)) {
            state.compareAndSet(IO_WAITING, FREE);
        }
    }

    /** Whether the I/O thread should end its turn. */
    boolean isWanted() {
        return wanted;
    }

    long turns() {
        return turns.get();
    }
}
