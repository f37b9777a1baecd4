package io.valiant.protocol;

/**
 * The times a master gives to a groom with each answer; section 4's formula holds for each.
 *
 * @param heartbeatNs between heartbeats
 * @param selfFenceNs without an answer, counted from sending the last one answered: the groom holds
 * @param expiryNs without a heartbeat: the master declares the groom LOST
 */
public record Intervals(long heartbeatNs, long selfFenceNs, long expiryNs) {
    public Intervals {
        if (3 * heartbeatNs > selfFenceNs || selfFenceNs + heartbeatNs > expiryNs) {
            throw new IllegalArgumentException("3 x heartbeat " + heartbeatNs + " ns <= self-fence " + selfFenceNs
                    + " ns, self-fence + heartbeat <= expiry " + expiryNs + " ns must hold");
        }
    }
}
