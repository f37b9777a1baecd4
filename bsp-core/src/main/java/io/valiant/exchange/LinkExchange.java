package io.valiant.exchange;

import io.valiant.bsp.BspException;

/** An {@link Exchange} over links; made by {@link DataEndpoint#open}. */
public abstract class LinkExchange implements Exchange {
    LinkExchange() {}

    /**
     * Waits until all links are up, stepping the gate meanwhile. Program's thread.
     *
     * @throws BspException RETRIABLE if a link is not up in time (the gate has been told {@code linkLost}); FENCED if the
     *     gate says so or the exchange was closed
     */
    public abstract void connect() throws BspException;

    /**
     * Has the gate polled soon by whoever owns the links: something was queued for it. Without it the gate is polled every
     * 20 ms, and all the time inside a short barrier. Any thread.
     */
    public abstract void wakeUp();
}
