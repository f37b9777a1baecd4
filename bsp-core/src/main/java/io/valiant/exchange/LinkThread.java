package io.valiant.exchange;

import io.valiant.bsp.BspException;
import io.valiant.time.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * The I/O thread of an exchange: owns the links while the program computes for long, parks while the program's thread owns
 * them, and gives everything up at the end.
 */
final class LinkThread implements Runnable {
    /** Doubled before the first look: of two looks that find the same, so far apart, the second takes the links. */
    private static final long TAKE_NS = 200_000L;

    /** Between two looks while barriers follow each other quickly. */
    private static final long QUICK_NS = 1_000_000L;

    /** Between two looks while the program's thread waits in a barrier. */
    private static final long DOZE_NS = 20_000_000L;

    private static final long DRAIN_NS = 2_000_000_000L;

    private final LinkWork work;
    private final LinkOwnership ownership;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean dozing;

    LinkThread(LinkWork work, LinkOwnership ownership, Clock clock) {
        this.work = work;
        this.ownership = ownership;
        this.clock = clock;
        this.thread = new Thread(this, "links " + work.name());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The program's thread has let the links go. */
    void released() {
        if (dozing) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the end of the thread, unless called by it or by the owner of the links. Any thread. */
    void awaitEnd() {
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread || ownership.isHeldByCaller()) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            long seen = -1;
            long pauseNs = TAKE_NS;
            while (!work.isClosed()) {
                long turns = ownership.turns();
                if (turns == seen && ownership.take()) {
                    serve();
                    seen = -1;
                    pauseNs = TAKE_NS;
                } else {
                    dozing = turns == seen;
                    pauseNs = Math.min(pauseNs * 2, dozing ? DOZE_NS : QUICK_NS);
                    seen = turns;
                    LockSupport.parkNanos(this, pauseNs);
                    dozing = false;
                }
            }
        } catch (RuntimeException | Error e) {
            work.fail(
                    new BspException(BspException.Kind.FATAL, "[" + work.name() + "] the I/O thread failed: " + e, e));
            // the program may not ask before its peers miss the links: whoever hears of threads that die is to know why
            throw e;
        } finally {
            // A turn that threw has left the links with this thread: nobody else could ever take them.
            ownership.giveUp();
            ownership.acquire();
            try {
                work.shutDown(DRAIN_NS);
            } finally {
                ownership.release();
            }
        }
    }

    /** Owns the links until the program's thread wants them or takes them. */
    private void serve() {
        boolean thorough = true;
        while (!work.isClosed() && !ownership.isWanted()) {
            long nowNs = clock.nanoTime();
            boolean any = turn(nowNs, thorough);
            thorough = false;
            if (!any) {
                long idleNs = work.idleNs(nowNs);
                ownership.beginWait();
                if (!work.isLeft() && !work.isClosed()) {
                    await(idleNs);
                }
                if (!ownership.endWait()) {
                    return;
                }
                thorough = true;
            }
        }
        ownership.release();
    }

    /** One turn; what fails is kept for the program's thread, and the other links stay alive meanwhile. */
    private boolean turn(long nowNs, boolean thorough) {
        try {
            boolean unusedMayPass = work.pollGate(nowNs);
            return work.step(nowNs, thorough);
        } catch (BspException e) {
            work.fail(e);
            return false;
        }
    }

    private void await(long idleNs) {
        try {
            work.await(idleNs);
        } catch (BspException e) {
            work.fail(e);
            LockSupport.parkNanos(this, idleNs);
        }
    }
}
