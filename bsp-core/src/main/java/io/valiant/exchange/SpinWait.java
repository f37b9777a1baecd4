package io.valiant.exchange;

/**
 * How an owner of links waits: first it looks again and again, then it lets others run in between, then it blocks. Waiting
 * awake pays only while the peer it waits for can run too.
 */
record SpinWait(long spinNs, long yieldNs) {
    private static final long SPIN_NS = 20_000;
    private static final long YIELD_NS = 150_000;

    /** For that many peers on this machine. */
    static SpinWait of(int localPeers) {
        boolean crowded = localPeers > Runtime.getRuntime().availableProcessors();
        return crowded ? new SpinWait(0, SPIN_NS) : new SpinWait(SPIN_NS, YIELD_NS);
    }

    /** Spends a moment if nothing has happened for so long; false if it is time to block. */
    boolean spin(long idleNs) {
        if (idleNs < spinNs) {
            Thread.onSpinWait();
            return true;
        }
        if (idleNs < yieldNs) {
            Thread.yield();
            return true;
        }
        return false;
    }
}
