package io.valiant.exchange;

import io.valiant.bsp.BspException;
import io.valiant.protocol.PeerTable;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import io.valiant.transport.LinkDoor;
import io.valiant.transport.LocalLinks;
import io.valiant.transport.MemoryNetwork;
import io.valiant.transport.SocketTransport;
import io.valiant.transport.Transport;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A child's place on the data plane: an address that is known before the peers are. Bound before the child attaches, opened
 * once for each generation it takes part in. Connections of peers that were quicker wait until then.
 */
public final class DataEndpoint implements AutoCloseable {
    private final Transport transport;
    private final LinkDoor door;

    private DataEndpoint(Transport transport) {
        this.transport = transport;
        this.door = new LinkDoor(transport);
    }

    /**
     * Binds a TCP port on that host.
     *
     * @param port 0 for any free one
     * @throws BspException RETRIABLE if the address cannot be bound
     */
    public static DataEndpoint bind(String host, int port) throws BspException {
        return bind(host, port, LocalLinks.NONE, SystemClock.INSTANCE, problem -> {});
    }

    /**
     * Binds a TCP port on that host, and what peers of this machine may use instead.
     *
     * @param port 0 for any free one
     * @param clock the time
     * @param problems is told, a line each, if all or one link does with less than the machine may offer, and why
     * @throws BspException RETRIABLE if the address cannot be bound, or what is wanted of the machine is not possible
     */
    public static DataEndpoint bind(String host, int port, LocalLinks links, Clock clock, Consumer<String> problems)
            throws BspException {
        try {
            SocketTransport transport = SocketTransport.bind(host, port, links, clock, problems);
            if (!transport.localProblem().isEmpty()) {
                problems.accept("links to peers of this machine go by TCP: " + transport.localProblem());
            }
            return new DataEndpoint(transport);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.RETRIABLE,
                    "the data address " + host + ":" + port + " cannot be bound: " + e.getMessage()
                            + "; see bsp.peer.address and bsp.peer.transport",
                    e);
        }
    }

    /** A place among the peers of one local job, without sockets. */
    public static DataEndpoint bind(MemoryNetwork network) {
        return new DataEndpoint(network.bind());
    }

    /** A place on any other transport. */
    public static DataEndpoint over(Transport transport) {
        return new DataEndpoint(transport);
    }

    /** The address for the peer table. */
    public String host() {
        return transport.host();
    }

    /** The port for the peer table. */
    public int port() {
        return transport.port();
    }

    /** Begins to take part in a generation at its first superstep. */
    public LinkExchange open(PeerTable table, int index, ExchangeConfig config, BarrierGate gate) {
        return open(table, index, config, gate, 0);
    }

    /**
     * Begins to take part in a generation: starts an I/O thread, dials and accepts. Does not wait: see
     * {@link LinkExchange#connect()}. Any exchange opened before must have been closed.
     *
     * @param superstep the first that computes
     */
    public LinkExchange open(PeerTable table, int index, ExchangeConfig config, BarrierGate gate, long superstep) {
        LinkExchange exchange = new LinkExchange(table, index, config, gate, transport, door, superstep);
        exchange.start();
        return exchange;
    }

    /** Frees the address and closes what waits there. An open exchange is closed by its owner, before this. */
    @Override
    public void close() {
        door.close();
        transport.close();
    }

    @Override
    public String toString() {
        return "DataEndpoint[" + transport.host() + ":" + transport.port() + "]";
    }
}
