package io.valiant.exchange;

import io.valiant.bsp.BspException;

/** The child's core as seen from a barrier; stepped by whoever owns the links. */
public interface BarrierGate {
    /**
     * Lets the core handle what was queued for it (groom's messages, timers); cheap when nothing was.
     *
     * @return true if barriers may open; false while the groom holds
     * @throws BspException FENCED if this attempt must stop now
     */
    boolean poll(long nowNs) throws BspException;

    /** The program's thread has arrived at the barrier that ends that superstep. */
    void arrived(long superstep);

    /** The barrier that ends that superstep has opened: all peers had arrived. */
    void opened(long superstep);

    /**
     * Whether the barrier that ends that superstep should be followed by a checkpoint. Asked of peer 0 only, once, just
     * before it arrives.
     */
    default boolean wantsCheckpoint(long superstep, long nowNs) {
        return false;
    }

    /**
     * What became of the wish: the barrier that ends that superstep has opened, and a checkpoint is taken or, since not all
     * peers could be restored, none. Told to peer 0 only, where {@link #wantsCheckpoint} has said yes and the job goes on.
     */
    default void checkpointDecided(long superstep, boolean taken) {}

    /** A link could not be resumed in its time; reported to the groom. Called by the owner of the links. */
    void linkLost(int peer, long superstep, String detail);
}
