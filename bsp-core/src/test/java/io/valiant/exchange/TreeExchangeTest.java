package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.transport.MemoryNetwork;
import io.valiant.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All that is promised, and that of many peers, where what is said at a barrier goes along a tree. */
class TreeExchangeTest extends ExchangeSuite {
    private static final int MANY = 100;
    private static final int STEPS = 6;

    private final MemoryNetwork network = new MemoryNetwork();

    @Override
    Transport transport(int index) {
        return network.bind();
    }

    @Override
    int directPeers() {
        return 0;
    }

    @Test
    void aHundredPeersHearTheSameInPeerOrder() throws Exception {
        List<DataEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            endpoints.add(DataEndpoint.over(network.bind()));
        }
        try (Peers peers = new Peers(endpoints, Peers.config(folder, 4 << 20, 2048, 64 << 20, MANY))) {
            List<Long> hashes = peers.run(TreeExchangeTest::talk);
            assertThat(hashes).hasSize(MANY).containsOnly(expected());
            assertThat(peers.gates).allSatisfy(gate -> assertThat(gate.lost).isEmpty());
        }
    }

    @Test
    void peersWhoseLinksAreCutHearTheSameAndLoseNothing() throws Exception {
        int count = 64;
        List<CuttingTransport> cutters = new ArrayList<>();
        List<DataEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cutters.add(new CuttingTransport(network.bind(), i, 20_000));
            endpoints.add(DataEndpoint.over(cutters.get(i)));
        }
        try (Peers peers = new Peers(endpoints, Peers.config(folder, 4 << 20, 2048, 64 << 20, count))) {
            List<Long> hashes = peers.run(exchange -> randomTraffic(exchange, 3, 5, 1500));
            assertThat(hashes).as("seed 3").containsExactlyElementsOf(expected(count, 3, 5, 1500));
            assertThat(peers.gates).allSatisfy(gate -> assertThat(gate.lost).isEmpty());
        }
        assertThat(cutters).anySatisfy(cutter -> assertThat(cutter.cuts()).isPositive());
    }

    private static int length(int peer, int step) {
        return 8 + (peer * 7 + step * 13) % 40 + (peer % 50 == 49 ? 60_000 : 0);
    }

    /** Contributions of all lengths, and in each superstep a message to one other peer only. */
    private static Long talk(LinkExchange exchange) throws Exception {
        int self = exchange.index();
        long hash = 0;
        for (int step = 0; step < STEPS; step++) {
            int to = (self * 3 + step) % MANY;
            exchange.writer(to).beginMessage();
            exchange.writer(to).writeLongLE(self * 1000L + step);
            exchange.writer(to).endMessage();
            ByteBuffer mine = ByteBuffer.allocate(length(self, step));
            mine.putInt(0, self).putInt(4, step);
            BarrierResult result = exchange.sync(self % 3 == step % 3, mine);
            for (int peer = 0; peer < MANY; peer++) {
                ByteBuffer theirs = result.contribution(peer).order(ByteOrder.BIG_ENDIAN);
                assertThat(theirs.remaining()).isEqualTo(length(peer, step));
                hash = hash * 31 + theirs.getInt() * 7L + theirs.getInt();
                boolean sent = (peer * 3 + step) % MANY == self;
                assertThat(exchange.received(peer)).isEqualTo(sent ? 1 : 0);
                assertThat(exchange.reader(peer).remaining()).isEqualTo(sent ? 8 : 0);
                if (sent) {
                    assertThat(exchange.reader(peer).readLongLE()).isEqualTo(peer * 1000L + step);
                }
            }
            hash = hash * 31 + result.endVotes();
            assertThat(result.messages()).isEqualTo(MANY);
        }
        return hash;
    }

    private static long expected() {
        long hash = 0;
        for (int step = 0; step < STEPS; step++) {
            long votes = 0;
            for (int peer = 0; peer < MANY; peer++) {
                hash = hash * 31 + peer * 7L + step;
                votes += peer % 3 == step % 3 ? 1 : 0;
            }
            hash = hash * 31 + votes;
        }
        return hash;
    }
}
