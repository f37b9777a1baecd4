package io.valiant.exchange;

import io.valiant.transport.SocketTransport;
import io.valiant.transport.Transport;

class TcpExchangeTest extends ExchangeSuite {
    @Override
    Transport transport(int index) throws Exception {
        return SocketTransport.bind("127.0.0.1", 0);
    }
}
