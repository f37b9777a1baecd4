package io.valiant.exchange;

/**
 * How long an owner of links looks again and again before it blocks. Looking saves two thread switches, but only if the peer
 * it waits for runs meanwhile: so the time grows while it pays and shrinks while it does not. With more peers than cores the
 * one that is waited for may need this core: it is left to it between two looks, which costs a fraction of being woken for
 * each frame. Owner's thread only.
 */
final class SpinWait {
    private static final long MOST_NS = 100_000;
    private static final long LEAST_NS = 15_000;
    private static final long LEAST_CROWDED_NS = 50_000;

    private final boolean crowded;
    private final long leastNs;
    private long spinNs = MOST_NS;

    /** For that many peers of the job on this machine. */
    SpinWait(int localPeers) {
        crowded = localPeers > Runtime.getRuntime().availableProcessors();
        leastNs = crowded ? LEAST_CROWDED_NS : LEAST_NS;
    }

    /** Spends a moment if nothing has happened for so long; false if it is time to block. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // a hint: whoever is waited for may run, and where nobody does nothing is lost
    boolean spin(long idleNs) {
        if (idleNs >= spinNs) {
            return false;
        }
        if (crowded) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
        return true;
    }

    /** A wait is over. */
    void ended(boolean blocked) {
        spinNs = blocked ? Math.max(leastNs, spinNs / 2) : Math.min(MOST_NS, spinNs + spinNs / 8);
    }
}
