package io.valiant.exchange;

import java.nio.ByteBuffer;

/** What an all-reduce brought, the same in every peer. Valid until the next barrier. */
public interface BarrierResult {
    /** Whether all peers voted for the end. */
    boolean allVotedEnd();

    /** How many peers voted for the end. */
    int endVotes();

    /** Whether a checkpoint is to be taken now: peer 0 wants one, every peer can, and not all voted for the end. */
    boolean takesCheckpoint();

    /** What that peer contributed; a view that may be read as often as wanted. Fold in peer order. */
    ByteBuffer contribution(int peer);

    /** Messages sent by all peers in the superstep just ended. */
    long messages();
}
