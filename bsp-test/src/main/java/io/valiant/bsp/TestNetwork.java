package io.valiant.bsp;

import io.valiant.transport.FramePool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the peers of one generation share: whose turn it is, and what is on its way between them. Frames from one sender arrive
 * in order; of several senders that have something on its way, chance tells whose arrives first. Only the peer whose turn it
 * is touches it.
 */
final class TestNetwork {
    /** Sizes of frames: with small ones more are on their way at a time. */
    private static final int[] FRAME_BYTES = {1024, 4096, 64 << 10};

    private static final int NOBODY = -1;

    private final Turns turns;
    private final FramePool pool;
    private final TestRecorder recorder;
    private final List<Kill> kills;
    private final boolean anyOrder;
    private final long generation;

    private volatile int dead = NOBODY;

    /** By receiver, then sender. */
    private final List<List<ArrayDeque<TestMail>>> mail = new ArrayList<>();

    TestNetwork(
            int peers,
            long generation,
            SplittableRandom chance,
            TestRecorder recorder,
            List<Kill> kills,
            boolean anyOrder) {
        this.turns = new Turns(peers, chance.split());
        this.pool = new FramePool(FRAME_BYTES[chance.nextInt(FRAME_BYTES.length)]);
        this.generation = generation;
        this.recorder = recorder;
        this.kills = kills;
        this.anyOrder = anyOrder;
        for (int receiver = 0; receiver < peers; receiver++) {
            List<ArrayDeque<TestMail>> senders = new ArrayList<>();
            for (int sender = 0; sender < peers; sender++) {
                senders.add(new ArrayDeque<>());
            }
            mail.add(senders);
        }
    }

    Turns turns() {
        return turns;
    }

    FramePool pool() {
        return pool;
    }

    TestRecorder recorder() {
        return recorder;
    }

    long generation() {
        return generation;
    }

    /** Whether a program is given the messages of several senders in another order than by index. */
    boolean isAnyOrder() {
        return anyOrder;
    }

    void send(int from, int to, TestMail what) {
        mail.get(to).get(from).add(what);
        turns.wake(to);
    }

    /** Takes what arrives next at that peer, or null. */
    TestMail arriving(int at) {
        int waiting = 0;
        for (ArrayDeque<TestMail> from : mail.get(at)) {
            waiting += from.isEmpty() ? 0 : 1;
        }
        int skip = waiting == 0 ? 0 : turns.draw(waiting);
        for (ArrayDeque<TestMail> from : mail.get(at)) {
            if (!from.isEmpty() && skip-- == 0) {
                return from.poll();
            }
        }
        return null;
    }

    /** Ends the calling peer if the test wants that now. */
    void killIfPlanned(int task, long superstep) {
        if (kills.remove(new Kill(task, superstep))) {
            dead = task;
            throw new PeerKilled(task, superstep);
        }
    }

    /** Whether that peer was killed. Any thread. */
    boolean isDead(int task) {
        return task == dead;
    }

    boolean isKillPlanned(int task, long superstep) {
        return kills.contains(new Kill(task, superstep));
    }
}
