package io.valiant.exchange;

class TcpExchangeTest extends ExchangeSuite {
    @Override
    DataEndpoint endpoint() throws Exception {
        return DataEndpoint.bind("127.0.0.1", 0);
    }
}
