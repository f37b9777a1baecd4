package io.valiant.transport;

import io.valiant.id.JobId;
import java.util.Objects;

/**
 * One end of a link.
 *
 * @param job the job
 * @param generation of the job
 * @param index of the peer
 * @param attempt the number of the peer's attempt
 * @param secret shared by all peers of the generation; never logged
 */
public record LinkIdentity(JobId job, long generation, int index, int attempt, String secret) {
    public LinkIdentity {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(secret, "secret");
    }

    /** The other end, in the same job and generation. */
    public LinkIdentity peer(int peerIndex, int peerAttempt) {
        return new LinkIdentity(job, generation, peerIndex, peerAttempt, secret);
    }

    @Override
    public String toString() {
        return job + " t" + index + " a" + attempt + " g" + generation;
    }
}
