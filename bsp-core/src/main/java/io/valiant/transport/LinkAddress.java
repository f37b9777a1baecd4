package io.valiant.transport;

import io.valiant.id.AttemptId;
import java.util.Objects;

/**
 * Where a peer is.
 *
 * @param peer who is expected there
 * @param host as the peer table has it
 * @param port as the peer table has it
 * @param neighbours how many peers of the job are on that host, at least one: they share what the host has for links
 */
public record LinkAddress(LinkIdentity peer, String host, int port, int neighbours) {
    public LinkAddress {
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(host, "host");
        if (neighbours < 1) {
            throw new IllegalArgumentException(neighbours + " peers on the host of " + peer);
        }
    }

    /** The attempt that is there. */
    AttemptId attempt() {
        return new AttemptId(peer.job(), peer.index(), peer.attempt());
    }
}
