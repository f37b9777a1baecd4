package io.valiant.local;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.exchange.DataEndpoint;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.task.EndpointLinks;
import io.valiant.task.PeerLinks;
import io.valiant.transport.MemoryNetwork;

/** How local jobs run unless a test kit has other wishes: the links of a cluster over a network in memory; no second try. */
final class MemoryLinks implements LocalHarness {
    private final MemoryNetwork network = new MemoryNetwork();

    @Override
    public void begins(long generation) {}

    @Override
    public PeerLinks links(int task, ExchangeConfig exchange) throws BspException {
        return new EndpointLinks(DataEndpoint.bind(network), peers -> exchange);
    }

    @Override
    public CheckpointTimes checkpoints() {
        return CheckpointTimes.NONE;
    }

    @Override
    public void ended(int task) {}

    @Override
    public boolean isDeath(int task, Cause cause) {
        return false;
    }
}
