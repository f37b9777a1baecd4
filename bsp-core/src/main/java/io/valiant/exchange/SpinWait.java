package io.valiant.exchange;

/**
 * How long an owner of links looks again and again before it blocks. Looking saves two thread switches, but only if the peer
 * it waits for runs meanwhile: so the time grows while it pays and shrinks while it does not. Owner's thread only.
 */
final class SpinWait {
    private static final long MOST_NS = 100_000;
    private static final long LEAST_NS = 15_000;
    private static final long CROWDED_NS = 5_000;

    private final long mostNs;
    private final long leastNs;
    private long spinNs;

    /** For that many peers of the job on this machine. */
    SpinWait(int localPeers) {
        boolean crowded = localPeers > Runtime.getRuntime().availableProcessors();
        mostNs = crowded ? CROWDED_NS : MOST_NS;
        leastNs = crowded ? CROWDED_NS : LEAST_NS;
        spinNs = mostNs;
    }

    /** Spends a moment if nothing has happened for so long; false if it is time to block. */
    boolean spin(long idleNs) {
        if (idleNs >= spinNs) {
            return false;
        }
        Thread.onSpinWait();
        return true;
    }

    /** A wait is over. */
    void ended(boolean blocked) {
        spinNs = blocked ? Math.max(leastNs, spinNs / 2) : Math.min(mostNs, spinNs + spinNs / 8);
    }
}
