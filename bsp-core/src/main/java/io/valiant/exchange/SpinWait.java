package io.valiant.exchange;

/**
 * How long an owner of links looks again and again before it blocks. Looking saves two thread switches, but only if the peer
 * it waits for runs meanwhile. It looks for as long as a superstep takes in which both have been blocked, not only for as long as one
 * waking, which would cost at most twice what who knew beforehand would spend (Karlin, Li, Manasse and Owicki, SOSP 1991): of two peers
 * that block each waits for the other to be woken, so that they would never find out that they need not. For the same reason the time
 * stays the same after waits that were longer.
 * With more peers than cores the one that is waited for may need this core: it is left to it between two looks. Owner's
 * thread only.
 */
final class SpinWait {
    /**
     * Where both have blocked, a superstep takes two wakings: 200 to 450 µs in all in a child that has just begun, on virtual
     * machines. With 150 µs some pairs of peers stayed in that state for a hundred supersteps and more.
     */
    static final long SPIN_NS = 500_000;

    /** So many looks, some microseconds, until a whole turn is taken all the same. */
    static final int LOOKS = 128;

    private final boolean crowded;

    /** For that many peers of the job on this machine. */
    SpinWait(int localPeers) {
        crowded = localPeers > Runtime.getRuntime().availableProcessors();
    }

    /**
     * Spends a moment if nothing has happened for so long; false if it is time to block.
     *
     * @param quiet as long as it holds, which costs next to nothing to find out, a turn would find nothing on the links
     */
    @SuppressWarnings(
            "ThreadPriorityCheck") // a hint: whoever is waited for may run, and where nobody does nothing is lost
    boolean spin(long idleNs, LinkWork.Condition quiet) {
        if (idleNs >= SPIN_NS) {
            return false;
        }
        if (crowded) {
            Thread.yield();
            return true;
        }
        int looks = 0;
        do {
            Thread.onSpinWait();
            looks++;
        } while (looks < LOOKS && quiet.holds());
        return true;
    }
}
