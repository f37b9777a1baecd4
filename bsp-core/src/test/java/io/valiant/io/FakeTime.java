package io.valiant.io;

import io.valiant.time.Clock;
import io.valiant.time.Pauses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only where somebody pauses. */
final class FakeTime implements Clock, Pauses {
    static final long BEGIN_NS = 5;

    private final List<Long> pauses = new ArrayList<>();
    private long nowNs = BEGIN_NS;
    private boolean interrupts;

    /** From now on whoever pauses is interrupted. */
    void interrupt() {
        interrupts = true;
    }

    /** How long somebody paused, each time. */
    List<Long> pauses() {
        return pauses;
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
    }
}
