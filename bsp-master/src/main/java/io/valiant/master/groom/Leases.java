package io.valiant.master.groom;

import io.valiant.protocol.Intervals;

/** Stretches the configured intervals with the number of grooms, so that a master is beaten at most so often. */
final class Leases {
    private static final int MAX_BEATS_PER_SECOND = 4_000;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Intervals configured;

    Leases(Intervals configured) {
        this.configured = configured;
    }

    /** What the grooms of a cluster of that size are told; the order of the three holds in each answer. */
    Intervals forCluster(int grooms) {
        long heartbeat = Math.max(configured.heartbeatNs(), grooms * (SECOND_NS / MAX_BEATS_PER_SECOND));
        if (heartbeat == configured.heartbeatNs()) {
            return configured;
        }
        long fence = Math.max(configured.selfFenceNs(), 3 * heartbeat);
        long expiry = Math.max(configured.expiryNs(), Math.max(4 * heartbeat, fence + heartbeat));
        return new Intervals(heartbeat, fence, expiry);
    }
}
