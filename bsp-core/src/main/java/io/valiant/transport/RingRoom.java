package io.valiant.transport;

import io.valiant.time.Clock;

/**
 * Makes room for rings: the memory of one that is gone is given back when its buffer is collected. That holds up all threads
 * of the peer, so it is done at times only, however many links find no room. Used by the owner of the links only.
 */
final class RingRoom {
    /** No sooner than so long after the last time. */
    private static final long INTERVAL_NS = 10_000_000_000L;

    private final Clock clock;
    private final Runnable collector;
    private boolean collected;
    private long collectedNs;

    /** @param collector does it */
    RingRoom(Clock clock, Runnable collector) {
        this.clock = clock;
        this.collector = collector;
    }

    /** Collects what rings that are gone have left, unless that was done lately. */
    void make() {
        long nowNs = clock.nanoTime();
        if (!collected || nowNs - collectedNs >= INTERVAL_NS) {
            collector.run();
            collected = true;
            collectedNs = clock.nanoTime();
        }
    }
}
