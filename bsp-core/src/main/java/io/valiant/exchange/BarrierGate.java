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

    /** A link could not be resumed in its time; reported to the groom. Called by the owner of the links. */
    void linkLost(int peer, long superstep, String detail);
}
