package io.valiant.exchange;

import io.valiant.time.Clock;

/**
 * How long an owner of links looks again and again before it blocks. Looking saves two thread switches, but only if the peer
 * it waits for runs meanwhile. What looks for as long as one waking takes spends at most twice what who knew beforehand would
 * (Karlin, Li, Manasse and Owicki, SOSP 1991). This looks longer: of two peers that block each waits for the other to be woken,
 * so that neither would ever find out that it need not. For the same reason the time stays the same after waits that were longer.
 *
 * <p>Meanwhile it leaves its core to others again and again, since the peer that is waited for may need this very one. With more peers
 * than cores that is certain. With enough of them it happens too: some kernels wake a thread on the core of the thread that wakes it
 * although another core is idle, as on virtual machines whose cores are not known to share a cache. Owner's thread only.
 */
final class SpinWait {
    /** Another thread that has got the core of the peer may keep it for a millisecond or more. Chosen by measuring, see decision 10. */
    static final long SPIN_NS = 2_000_000;

    /** With more peers than cores: longer looking takes cores from those that compute. */
    static final long CROWDED_SPIN_NS = 500_000;

    /** So many looks, some microseconds, until a whole turn is taken all the same. */
    static final int LOOKS = 128;

    /** So many looks, about a microsecond once compiled, until it is asked whether the core is to be left to others. */
    static final int LOOKS_AT_A_TIME = 32;

    /** The core is left to others from then on: the shortest supersteps are over by then, and to leave it takes half a microsecond. */
    static final long GIVE_WAY_AFTER_NS = 10_000;

    /** Who was away for so long has really left the core to somebody. */
    static final long TAKEN_NS = 3_000;

    /** So often in a row the core is taken until it is kept for once: then two peers share it, and would for good. */
    static final int TAKEN_OFTEN = 64;

    /**
     * For so long it is kept. A kernel moves a thread that waits for its core to an idle one, but not while that thread has run
     * within the last half a millisecond, as each of two has that leave the core to each other.
     */
    static final long KEEP_NS = 1_000_000;

    private final Clock clock;
    private final boolean crowded;
    private final long spinNs;
    private final Runnable giveWay;

    /** How often in a row the core was taken. */
    private int taken;

    private long keepUntilNs;

    /** For that many peers of the job on this machine. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // a hint: who is waited for may run; where nobody else wants the core little is lost
    SpinWait(int localPeers, Clock clock) {
        this(localPeers, clock, Thread::yield);
    }

    /** @param giveWay leaves the core to whoever else wants it */
    SpinWait(int localPeers, Clock clock, Runnable giveWay) {
        this.clock = clock;
        this.crowded = localPeers > Runtime.getRuntime().availableProcessors();
        this.spinNs = crowded ? CROWDED_SPIN_NS : SPIN_NS;
        this.giveWay = giveWay;
        this.keepUntilNs = clock.nanoTime();
    }

    /**
     * Spends a moment if something has happened lately; false if it is time to block.
     *
     * @param idleSinceNs when something happened last
     * @param quiet as long as it holds, which costs next to nothing to find out, a turn would find nothing on the links
     */
    boolean spin(long idleSinceNs, LinkWork.Condition quiet) {
        if (clock.nanoTime() - idleSinceNs >= spinNs) {
            return false;
        }
        if (crowded) {
            giveWay.run();
            return true;
        }
        for (int looks = 0; looks < LOOKS; looks += LOOKS_AT_A_TIME) {
            giveWay(idleSinceNs);
            if (!isQuiet(quiet)) {
                return true;
            }
        }
        return true;
    }

    /** With more peers than cores: a turn has done what there was to do, and who is waited for needs the core. */
    void giveWayIfCrowded() {
        if (crowded) {
            giveWay.run();
        }
    }

    /** Leaves the core to whoever else wants it, if it is time to. */
    private void giveWay(long idleSinceNs) {
        long nowNs = clock.nanoTime();
        if (nowNs - idleSinceNs < GIVE_WAY_AFTER_NS || nowNs - keepUntilNs < 0) {
            return;
        }
        giveWay.run();
        long backNs = clock.nanoTime();
        taken = backNs - nowNs < TAKEN_NS ? 0 : taken + 1;
        if (taken == TAKEN_OFTEN) {
            taken = 0;
            keepUntilNs = backNs + KEEP_NS;
        }
    }

    private static boolean isQuiet(LinkWork.Condition quiet) {
        for (int look = 0; look < LOOKS_AT_A_TIME; look++) {
            Thread.onSpinWait();
            if (!quiet.holds()) {
                return false;
            }
        }
        return true;
    }
}
