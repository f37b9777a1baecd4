package io.valiant.exchange;

import io.valiant.transport.TcpTransport;
import io.valiant.transport.Transport;

class TcpExchangeTest extends ExchangeSuite {
    @Override
    Transport transport() throws Exception {
        return TcpTransport.bind("127.0.0.1", 0);
    }
}
