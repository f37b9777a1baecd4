package io.valiant.exchange;

import java.nio.ByteBuffer;

/** What an all-reduce brought, the same in every peer. Valid until the next barrier. */
public interface BarrierResult {
    /** Whether all peers voted for the end. */
    boolean allVotedEnd();

    /** How many peers voted for the end. */
    int endVotes();

    /** What that peer contributed; a view that may be read as often as wanted. Fold in peer order. */
    ByteBuffer contribution(int peer);

    /** Messages sent by all peers in the superstep just ended. */
    long messages();
}
