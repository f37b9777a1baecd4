package io.valiant.exchange;

import io.valiant.config.PeerTransport;
import io.valiant.transport.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ShmExchangeTest extends ExchangeSuite {
    @TempDir
    Path sockets;

    @Override
    Transport transport(int index) throws Exception {
        return Peers.local(PeerTransport.SHM, sockets, index);
    }
}
