package io.valiant.bsp;

import io.valiant.exchange.BarrierGate;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.protocol.PeerTable;
import io.valiant.task.PeerLinks;

/** One peer's way to the others of its generation: over a {@link TestNetwork}. */
final class TurnLinks implements PeerLinks {
    private final TestNetwork network;
    private final int task;
    private final ExchangeConfig config;

    /** Null before it is opened. */
    private volatile TurnExchange exchange;

    TurnLinks(TestNetwork network, int task, ExchangeConfig config) {
        this.network = network;
        this.task = task;
        this.config = config;
    }

    @Override
    public String host() {
        return "test";
    }

    @Override
    public int port() {
        return task;
    }

    /** Returns when all peers are there and it is this one's turn to compute. */
    @Override
    public Exchange open(PeerTable table, int index, BarrierGate gate, long superstep) throws BspException {
        TurnExchange opened = new TurnExchange(network, index, table.peers().size(), gate, config, superstep);
        exchange = opened;
        network.turns().enter(index);
        return opened;
    }

    @Override
    public void abandon() {
        network.turns().close();
    }

    @Override
    public void close() {
        network.turns().close();
        TurnExchange open = exchange;
        if (open != null) {
            open.close();
        }
    }
}
