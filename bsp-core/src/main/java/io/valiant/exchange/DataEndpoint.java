package io.valiant.exchange;

import io.valiant.bsp.BspException;
import io.valiant.protocol.PeerTable;

/**
 * A child's place on the data plane: an address that is known before the peers are. Bound before the child attaches, opened
 * once for each generation it takes part in. Connections of peers that were quicker wait until then.
 */
public final class DataEndpoint implements AutoCloseable {
    private DataEndpoint() {}

    /**
     * Binds a TCP port on that host.
     *
     * @param port 0 for any free one
     * @throws BspException RETRIABLE if the address cannot be bound
     */
    public static DataEndpoint bind(String host, int port) throws BspException {
        throw new UnsupportedOperationException(host + port);
    }

    /** The address for the peer table. */
    public String host() {
        throw new UnsupportedOperationException();
    }

    /** The port for the peer table. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    /**
     * Begins to take part in a generation: starts an I/O thread, dials and accepts. Does not wait: see
     * {@link LinkExchange#connect()}. Any exchange opened before must have been closed.
     */
    public LinkExchange open(PeerTable table, int index, ExchangeConfig config, BarrierGate gate) throws BspException {
        throw new UnsupportedOperationException(table + "" + index + config + gate);
    }

    /** Frees the address and closes what waits there. An open exchange is closed by its owner, before this. Any thread. */
    @Override
    public void close() {}
}
