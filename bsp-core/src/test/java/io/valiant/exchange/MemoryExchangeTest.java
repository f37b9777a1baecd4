package io.valiant.exchange;

import io.valiant.transport.MemoryNetwork;

class MemoryExchangeTest extends ExchangeSuite {
    private final MemoryNetwork network = new MemoryNetwork();

    @Override
    DataEndpoint endpoint() {
        return DataEndpoint.bind(network);
    }
}
