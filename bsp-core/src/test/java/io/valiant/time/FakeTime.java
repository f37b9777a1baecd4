package io.valiant.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only where somebody pauses, or a test lets it pass. */
public final class FakeTime implements Clock, Pauses {
    public static final long BEGIN_NS = 5;

    private final List<Long> pauses = new ArrayList<>();
    private final ArrayDeque<Runnable> happens = new ArrayDeque<>();
    private long nowNs = BEGIN_NS;
    private boolean interrupts;

    /** From now on whoever pauses is interrupted. */
    public void interrupt() {
        interrupts = true;
    }

    /** How long somebody paused, each time. */
    public List<Long> pauses() {
        return pauses;
    }

    /** Happens at the end of the next pause, or the one after the last that was so given. */
    public void atPause(Runnable what) {
        happens.add(what);
    }

    public void pass(Duration time) {
        nowNs += time.toNanos();
    }

    /** Since the beginning. */
    public Duration passed() {
        return Duration.ofNanos(nowNs - BEGIN_NS);
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public Instant wallTime() {
        return Instant.EPOCH;
    }

    @Override
    public void pause(long ns) throws InterruptedException {
        if (interrupts) {
            throw new InterruptedException();
        }
        pauses.add(ns);
        nowNs += ns;
        if (!happens.isEmpty()) {
            happens.poll().run();
        }
    }
}
