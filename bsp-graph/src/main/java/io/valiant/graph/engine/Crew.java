package io.valiant.graph.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that compute a task's vertices: the program's own, and as many more as {@code bsp.task.threads} says. Work comes
 * in pieces, of which each is done once, by whoever is free; so a result may depend on the piece but not on who did it.
 * {@link #run} is called by one thread, the program's. Between two calls the others look for work a short while, then sleep.
 */
final class Crew implements AutoCloseable {
    /** Looks for work, some 10 microseconds' worth, before a thread sleeps: a superstep has several calls, one after another. */
    private static final int LOOKS = 1000;

    /** A piece of work. */
    @FunctionalInterface
    interface Work {
        /**
         * Does one piece.
         *
         * @param member who does it, from 0; 0 is the program's thread
         */
        void run(int member, int piece);
    }

    private final Helper[] helpers;

    /** Pieces that nobody has taken yet, or less than 0; its writing hands over all that is below. */
    private final AtomicInteger left = new AtomicInteger();

    /** Pieces that are not done yet; its writing hands back what was done. */
    private final AtomicInteger undone = new AtomicInteger();

    private Work work;
    private int pieces;
    private Thread caller;

    private volatile boolean callerSleeps;
    private volatile boolean closed;

    /** Of the first piece that failed, to be the same however pieces fell to threads; guarded by this. */
    private Throwable failure;

    private int failedPiece;

    /** @param threads from 1; as many but one are started, in the group and with the class loader of this thread */
    Crew(int threads, String owner) {
        helpers = new Helper[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i + 1, "compute-" + (i + 1) + " of " + owner);
        }
        for (Helper helper : helpers) {
            helper.start();
        }
    }

    /** How many threads, the program's among them. */
    int size() {
        return helpers.length + 1;
    }

    /** Does pieces {@code 0 .. count}; throws what the first of those that failed threw, when all are done. */
    void run(int count, Work task) {
        if (helpers.length == 0 || count < 2) {
            for (int piece = 0; piece < count; piece++) {
                task.run(0, piece);
            }
            return;
        }
        work = task;
        pieces = count;
        caller = Thread.currentThread();
        undone.set(count);
        left.set(count);
        for (Helper helper : helpers) {
            if (helper.sleeps) {
                LockSupport.unpark(helper);
            }
        }
        takePieces(0);
        awaitDone();
        work = null;
        throwFailure();
    }

    private void awaitDone() {
        boolean interrupted = false;
        for (int looks = 0; undone.get() > 0; looks++) {
            if (looks < LOOKS) {
                Thread.onSpinWait();
                continue;
            }
            callerSleeps = true;
            if (undone.get() > 0) {
                LockSupport.park(this);
            }
            callerSleeps = false;
            // nobody may return while pieces are being done; whoever waits in one is to know that it shall end
            if (Thread.interrupted()) {
                interrupted = true;
                for (Helper helper : helpers) {
                    helper.interrupt();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void takePieces(int member) {
        for (int mine = left.getAndDecrement(); mine > 0; mine = left.getAndDecrement()) {
            int piece = pieces - mine;
            try {
                work.run(member, piece);
            } catch (Throwable e) {
                noteFailure(piece, e);
            } finally {
                if (undone.decrementAndGet() == 0 && callerSleeps) {
                    LockSupport.unpark(caller);
                }
            }
        }
    }

    private synchronized void noteFailure(int piece, Throwable e) {
        if (failure == null || piece < failedPiece) {
            failure = e;
            failedPiece = piece;
        }
    }

    private synchronized void throwFailure() {
        Throwable thrown = failure;
        failure = null;
        if (thrown != null) {
            Crew.<RuntimeException>rethrow(thrown);
        }
    }

    /** Also what should not be there: languages other than Java throw checked exceptions without saying so. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** Ends the other threads and waits for them; to be called by the program's thread. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        for (Helper helper : helpers) {
            LockSupport.unpark(helper);
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Helper extends Thread {
        private final int member;
        private volatile boolean sleeps;

        Helper(int member, String name) {
            super(name);
            this.member = member;
            setDaemon(true);
        }

        @Override
        public void run() {
            int looks = 0;
            while (!closed) {
                if (left.get() > 0) {
                    takePieces(member);
                    // it was for a piece; who is interrupted would not sleep
                    interrupted();
                    looks = 0;
                } else if (looks++ < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    sleeps = true;
                    if (left.get() <= 0 && !closed) {
                        LockSupport.park(Crew.this);
                    }
                    sleeps = false;
                    looks = 0;
                }
            }
        }
    }
}
