package io.valiant.protocol;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import java.util.List;

/**
 * Where the peers of a generation are; published when all are attached.
 *
 * @param job the job
 * @param generation of the job
 * @param secret 128 random bits as hex, shown by peers to each other; never logged
 * @param peers by task index
 */
public record PeerTable(JobId job, long generation, String secret, List<PeerAddress> peers) {
    public PeerTable {
        peers = List.copyOf(peers);
    }

    /** A peer's data address. {@code groom} tells whether two peers share a machine's groom. */
    public record PeerAddress(AttemptId attempt, String groom, String host, int port) {}

    @Override
    public String toString() {
        return "PeerTable[" + job + " g" + generation + " " + peers + "]";
    }
}
