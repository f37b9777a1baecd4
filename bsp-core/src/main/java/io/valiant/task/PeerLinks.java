package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.exchange.BarrierGate;
import io.valiant.exchange.Exchange;
import io.valiant.protocol.PeerTable;

/** How a task comes to its {@link Exchange}: over sockets in a child JVM, in memory in local mode. */
public interface PeerLinks extends AutoCloseable {
    /** The address for the peer table. */
    String host();

    /** The address for the peer table. */
    int port();

    /**
     * Opens links to all peers of the table and waits until they are up, stepping the gate meanwhile. Program's thread.
     * An exchange opened before must have been given up: the address stays.
     *
     * @param superstep the first of the run: see {@link io.valiant.protocol.TaskAssignment#firstSuperstep}
     * @throws BspException RETRIABLE if a link is not up in time; FENCED if the gate says so or this was closed
     */
    Exchange open(PeerTable table, int index, BarrierGate gate, long superstep) throws BspException;

    /**
     * Gives up the exchange that is open or being opened, not the address: a program thread that waits in a barrier is
     * woken by FENCED. Waits for nothing; who wants to open again closes that exchange first. Any thread.
     */
    void abandon();

    /** Gives up exchange and address; a program thread that waits in a barrier is woken by FENCED. Any thread. */
    @Override
    void close();
}
