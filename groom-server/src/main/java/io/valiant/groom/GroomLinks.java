package io.valiant.groom;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.MasterProtocol;
import java.util.function.Supplier;

/** How a groom's daemon reaches others and is reached: its web server, its worker server, its master. */
interface GroomLinks extends AutoCloseable {
    /**
     * Starts the web server.
     *
     * @param bind port 0: the system chooses
     * @param calls reads logs and stacks; gives null as long as the groom starts
     * @return the port it listens on
     * @throws BspException USER if the address cannot be bound
     */
    int startWeb(HostPort bind, Supplier<GroomSnapshot> snapshot, Supplier<GroomProtocol> calls) throws BspException;

    /**
     * Starts the worker server.
     *
     * @param bind port 0: the system chooses
     * @param calls answers, in bounded time and without making the caller wait
     * @return the port it listens on
     * @throws BspException USER if the address cannot be bound
     */
    int startWorker(HostPort bind, GroomProtocol calls) throws BspException;

    /** The master; connected to when it is first called. */
    MasterProtocol master();

    /** Stops the servers and gives up the connections. */
    @Override
    void close();
}
