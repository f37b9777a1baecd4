package io.valiant.bsp;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one peer at a time compute. Who goes on when one waits or pauses is drawn from a seed, so that the same seed gives the
 * same interleaving. One for each generation of a job.
 */
final class Turns {
    private static final int NOBODY = -1;

    private enum Standing {
        /** Not here yet. */
        ABSENT,
        /** Could go on. */
        READY,
        /** Has nothing to do before another peer does something. */
        WAITING,
        /** Needs no turn any more. */
        GONE
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition[] mine;

    // below: under the lock
    private final Standing[] standing;
    private final SplittableRandom chance;
    private int turn = NOBODY;
    private boolean closed;

    Turns(int peers, SplittableRandom chance) {
        this.chance = chance;
        this.standing = new Standing[peers];
        this.mine = new Condition[peers];
        Arrays.fill(standing, Standing.ABSENT);
        Arrays.setAll(mine, peer -> lock.newCondition());
    }

    /** Returns when it is that peer's turn; nobody has one before all are here. */
    void enter(int peer) throws BspException {
        lock.lock();
        try {
            standing[peer] = Standing.READY;
            if (Arrays.stream(standing).noneMatch(s -> s == Standing.ABSENT)) {
                next();
            }
            awaitTurn(peer);
        } finally {
            lock.unlock();
        }
    }

    /** Now and then another peer goes on first. By the peer whose turn it is. */
    void pause(int peer) throws BspException {
        lock.lock();
        try {
            check();
            next();
            awaitTurn(peer);
        } finally {
            lock.unlock();
        }
    }

    /** Goes on after another peer has {@link #wake woken} this one. By the peer whose turn it is. */
    void await(int peer) throws BspException {
        lock.lock();
        try {
            check();
            standing[peer] = Standing.WAITING;
            next();
            awaitTurn(peer);
        } finally {
            lock.unlock();
        }
    }

    /** There is something to do for that peer. By the peer whose turn it is. */
    void wake(int peer) {
        lock.lock();
        try {
            if (standing[peer] == Standing.WAITING) {
                standing[peer] = Standing.READY;
            }
        } finally {
            lock.unlock();
        }
    }

    /** That peer needs no turn any more. By the peer whose turn it is. */
    void leave(int peer) {
        lock.lock();
        try {
            standing[peer] = Standing.GONE;
            if (turn == peer) {
                next();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A number below a bound. By the peer whose turn it is. */
    int draw(int bound) {
        lock.lock();
        try {
            return chance.nextInt(bound);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody has a turn any more: all that wait for one are thrown out. Any thread. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Condition each : mine) {
                each.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void next() {
        int ready = 0;
        for (Standing each : standing) {
            ready += each == Standing.READY ? 1 : 0;
        }
        turn = NOBODY;
        int skip = ready == 0 ? 0 : chance.nextInt(ready);
        for (int peer = 0; peer < standing.length && turn == NOBODY; peer++) {
            if (standing[peer] == Standing.READY && skip-- == 0) {
                turn = peer;
                mine[peer].signal();
            }
        }
    }

    private void awaitTurn(int peer) throws BspException {
        try {
            while (turn != peer || closed) {
                check();
                mine[peer].await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BspException(BspException.Kind.FENCED, "peer " + peer + " is being ended", e);
        }
    }

    private void check() throws BspException {
        if (closed) {
            throw new BspException(BspException.Kind.FENCED, "this generation of the job has ended");
        }
    }
}
