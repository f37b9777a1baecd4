package io.valiant.exchange;

import io.valiant.transport.MemoryNetwork;
import io.valiant.transport.Transport;

class MemoryExchangeTest extends ExchangeSuite {
    private final MemoryNetwork network = new MemoryNetwork();

    @Override
    Transport transport(int index) {
        return network.bind();
    }
}
