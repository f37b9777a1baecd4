package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.config.PeerTransport;
import io.valiant.time.SystemClock;
import io.valiant.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShmExchangeTest extends ExchangeSuite {
    @TempDir
    Path sockets;

    @Override
    Transport transport(int index) throws Exception {
        return Peers.local(PeerTransport.SHM, sockets, index);
    }

    @Test
    void aLinkThatCannotBeMadeAsWantedIsLostAndSaysWhy() throws Exception {
        List<DataEndpoint> endpoints = List.of(DataEndpoint.bind("127.0.0.1", 0), DataEndpoint.over(transport(1)));
        ExchangeConfig config = new ExchangeConfig(
                1 << 20,
                8192,
                1 << 20,
                folder,
                1 << 20,
                Peers.SECOND_NS / 5,
                Peers.SECOND_NS / 5,
                Peers.SECOND_NS,
                2,
                16,
                SystemClock.INSTANCE);
        try (Peers peers = new Peers(endpoints, config)) {
            assertThatThrownBy(peers.exchanges.get(1)::connect)
                    .isInstanceOf(BspException.class)
                    .hasMessageContaining("the link to peer 0 is lost in superstep 0: no connection to")
                    .hasMessageContaining("since the start: bsp.peer.transport = shm: ");
        }
    }
}
