package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.exchange.BarrierGate;
import io.valiant.exchange.DataEndpoint;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.exchange.LinkExchange;
import io.valiant.protocol.PeerTable;
import java.util.function.IntFunction;

/** Links from a {@link DataEndpoint}. */
public final class EndpointLinks implements PeerLinks {
    private final DataEndpoint endpoint;
    private final IntFunction<ExchangeConfig> config;
    private LinkExchange exchange;
    private boolean closed;

    /** @param config by the number of peers on this machine */
    public EndpointLinks(DataEndpoint endpoint, IntFunction<ExchangeConfig> config) {
        this.endpoint = endpoint;
        this.config = config;
    }

    @Override
    public String host() {
        return endpoint.host();
    }

    @Override
    public int port() {
        return endpoint.port();
    }

    @Override
    public Exchange open(PeerTable table, int index, BarrierGate gate, long superstep) throws BspException {
        LinkExchange before;
        synchronized (this) {
            before = exchange;
        }
        if (before != null) {
            // One that was abandoned while it was opened has been seen by nobody else.
            before.close();
        }
        LinkExchange opened = begin(table, index, gate, superstep);
        boolean connected = false;
        try {
            opened.connect();
            connected = true;
            return opened;
        } finally {
            if (!connected) {
                opened.close();
            }
        }
    }

    private synchronized LinkExchange begin(PeerTable table, int index, BarrierGate gate, long superstep)
            throws BspException {
        if (closed) {
            throw new BspException(BspException.Kind.FENCED, "the attempt has ended before its links were opened");
        }
        exchange = endpoint.open(table, index, config.apply(neighbours(table, index)), gate, superstep);
        return exchange;
    }

    /** How many peers share this one's machine, itself included. */
    private static int neighbours(PeerTable table, int index) {
        String host = table.peers().get(index).host();
        int count = 0;
        for (PeerTable.PeerAddress peer : table.peers()) {
            count += peer.host().equals(host) ? 1 : 0;
        }
        return count;
    }

    @Override
    public synchronized void abandon() {
        if (exchange != null) {
            exchange.abandon();
        }
    }

    @Override
    public void close() {
        LinkExchange open;
        synchronized (this) {
            closed = true;
            open = exchange;
        }
        if (open != null) {
            open.close();
        }
        endpoint.close();
    }
}
