package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.message.SpillFailure;
import io.valiant.protocol.PeerTable;
import io.valiant.time.SystemClock;
import io.valiant.transport.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an exchange promises, whatever carries it. */
@Timeout(120)
abstract class ExchangeSuite {
    /** Of a disk that is full amid an inbox. */
    private static final int ROOM = 3000;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    @TempDir
    Path folder;

    /** An address on the transport under test, for the peer with that index. */
    abstract Transport transport(int index) throws Exception;

    /** Up to how many peers do without a tree. */
    int directPeers() {
        return 16;
    }

    private DataEndpoint endpoint(int index) throws Exception {
        return DataEndpoint.over(transport(index));
    }

    private Peers peers(int count, long sendBytes, int frameBytes, long inboxBytes) throws Exception {
        List<DataEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            endpoints.add(endpoint(i));
        }
        return new Peers(endpoints, Peers.config(folder, sendBytes, frameBytes, inboxBytes, count, directPeers()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyMessageComesOnceAndInOrder(int count) throws Exception {
        try (Peers peers = peers(count, 4 << 20, 16 << 10, 8 << 20)) {
            List<Long> hashes = peers.run(exchange -> randomTraffic(exchange, 77, 25, 60_000));
            assertThat(hashes).as("seed 77").containsExactlyElementsOf(expected(count, 77, 25, 60_000));
            assertThat(peers.gates).allSatisfy(gate -> assertThat(gate.lost).isEmpty());
        }
    }

    @Test
    void messagesOfMegabytesStraddleFrames() throws Exception {
        try (Peers peers = peers(3, 8 << 20, 128 << 10, 64 << 20)) {
            List<Long> hashes = peers.run(exchange -> randomTraffic(exchange, 5, 4, 4 << 20));
            assertThat(hashes).as("seed 5").containsExactlyElementsOf(expected(3, 5, 4, 4 << 20));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6_000, 40_000, 300_000})
    void connectionsCutAtRandomAreResumedWithoutLossOrRepetition(int meanBytes) throws Exception {
        List<CuttingTransport> cutters = new ArrayList<>();
        List<DataEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cutters.add(new CuttingTransport(transport(i), meanBytes + i, meanBytes));
            endpoints.add(DataEndpoint.over(cutters.get(i)));
        }
        try (Peers peers = new Peers(endpoints, Peers.config(folder, 1 << 20, 2048, 1 << 20, 3, directPeers()))) {
            List<Long> hashes = peers.run(exchange -> randomTraffic(exchange, meanBytes, 8, 30_000));
            assertThat(hashes)
                    .as("mean %d bytes to a cut", meanBytes)
                    .containsExactlyElementsOf(expected(3, meanBytes, 8, 30_000));
            assertThat(peers.gates).allSatisfy(gate -> assertThat(gate.lost).isEmpty());
        }
        assertThat(cutters).anySatisfy(cutter -> assertThat(cutter.cuts()).isPositive());
    }

    @Test
    void aLinkThatIsNotResumedInTimeIsReported() throws Exception {
        List<DataEndpoint> endpoints = List.of(endpoint(0), endpoint(1));
        ExchangeConfig config = new ExchangeConfig(
                1 << 20,
                8192,
                1 << 20,
                folder,
                1 << 20,
                Peers.SECOND_NS * 20,
                Peers.SECOND_NS / 5,
                Peers.SECOND_NS,
                2,
                directPeers(),
                SystemClock.INSTANCE);
        try (Peers peers = new Peers(endpoints, config)) {
            assertThatThrownBy(() -> peers.run(exchange -> {
                        if (exchange.index() == 0) {
                            exchange.close();
                            return null;
                        }
                        return exchange.sync(false, NOTHING.duplicate());
                    }))
                    .hasMessageContaining("the link to peer 0 is lost in superstep 0")
                    .isInstanceOfSatisfying(
                            BspException.class, e -> assertThat(e.kind()).isEqualTo(BspException.Kind.RETRIABLE));
            assertThat(peers.gates.get(1).lost).hasSize(1);
        }
    }

    @Test
    void aFullOrMissingDiskFailsTheAttemptInOneClearLine() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        ExchangeConfig config = Peers.config(file.resolve("below"), 1 << 20, 8192, 0, 1, directPeers());
        try (Peers peers = new Peers(List.of(endpoint(0)), config)) {
            assertThatThrownBy(() -> peers.run(exchange -> {
                        exchange.writer(0).write(new byte[100]);
                        return exchange.sync(false, NOTHING.duplicate());
                    }))
                    .isInstanceOf(SpillFailure.class)
                    .hasMessageContaining("messages cannot be spilled to " + file);
        }
    }

    @Test
    void anEndpointServesOneGenerationAfterTheOther() throws Exception {
        List<DataEndpoint> endpoints = List.of(endpoint(0), endpoint(1));
        ExchangeConfig config = Peers.config(folder, 1 << 20, 8192, 1 << 20, 2, directPeers());
        PeerTable first = Peers.table(1, endpoints);
        PeerTable second = Peers.table(2, endpoints);
        OpenGate gate = new OpenGate();
        LinkExchange old = endpoints.get(0).open(first, 0, config, gate);
        LinkExchange early = endpoints.get(1).open(second, 1, config, gate);
        assertThatThrownBy(() -> {
                    Thread closer = new Thread(old::close);
                    closer.start();
                    old.connect();
                })
                .isInstanceOf(BspException.class);
        old.close();
        LinkExchange late = endpoints.get(0).open(second, 0, config, gate);
        late.connect();
        early.connect();
        assertThat(gate.lost).isEmpty();
        late.close();
        early.close();
        endpoints.forEach(DataEndpoint::close);
    }

    @Test
    void smallestBudgetsGiveTheSameBytes() throws Exception {
        try (Peers peers = peers(4, 0, 2048, 0)) {
            List<Long> hashes = peers.run(exchange -> randomTraffic(exchange, 9, 8, 100_000));
            assertThat(hashes).as("seed 9").containsExactlyElementsOf(expected(4, 9, 8, 100_000));
        }
    }

    @Test
    void twentyTimesTheMemoryShareIsSpilledAndReadBack() throws Exception {
        int memory = 1 << 20;
        try (Peers peers = peers(2, 512 << 10, 32 << 10, memory)) {
            List<Long> sums = peers.run(exchange -> {
                long[] block = new long[1024];
                for (int k = 0; k < 20 * memory / 8192; k++) {
                    Arrays.fill(block, (long) k * (exchange.index() + 1));
                    MessageWriter writer = exchange.writer(1 - exchange.index());
                    writer.beginMessage();
                    writer.writeLongs(block, 0, block.length);
                    writer.endMessage();
                }
                exchange.sync(false, NOTHING.duplicate());
                MessageReader reader = exchange.reader(1 - exchange.index());
                long sum = 0;
                for (long k = 0; reader.remaining() > 0; k++) {
                    reader.readLongs(block, 0, block.length);
                    assertThat(block[7]).isEqualTo(k * (2 - exchange.index()));
                    sum += block[0];
                }
                exchange.sync(true, NOTHING.duplicate());
                return sum;
            });
            long steps = 20L * memory / 8192;
            assertThat(sums).containsExactly(steps * (steps - 1), steps * (steps - 1) / 2);
            assertThat(peers.exchanges.get(0).totals().spilledBytes()).isGreaterThan(18L * memory);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void everyPeerGetsEveryContributionAndVote() throws Exception {
        try (Peers peers = peers(3, 1 << 20, 8192, 1 << 20)) {
            List<String> seen = peers.run(exchange -> {
                StringBuilder text = new StringBuilder();
                for (int step = 0; step < 50; step++) {
                    ByteBuffer mine = ByteBuffer.allocate(8 + step * 1000);
                    mine.putInt(exchange.index()).putInt(step).position(0);
                    BarrierResult result = exchange.sync(step == 49 || exchange.index() == 0, mine);
                    assertThat(mine.hasRemaining()).isFalse();
                    for (int peer = 0; peer < 3; peer++) {
                        ByteBuffer theirs = result.contribution(peer).order(ByteOrder.BIG_ENDIAN);
                        assertThat(theirs.remaining()).isEqualTo(8 + step * 1000);
                        text.append(theirs.getInt())
                                .append(':')
                                .append(theirs.getInt())
                                .append(' ');
                    }
                    text.append(result.endVotes()).append(result.allVotedEnd() ? "!" : ",");
                }
                return text.toString();
            });
            assertThat(seen.get(0)).startsWith("0:0 1:0 2:0 1,0:1").endsWith("0:49 1:49 2:49 3!");
            assertThat(seen).containsOnly(seen.get(0));
        }
    }

    @Test
    void aBarrierDoesNotOpenWhileTheGateHolds() throws Exception {
        try (Peers peers = peers(2, 1 << 20, 8192, 1 << 20)) {
            peers.gates.get(1).holding = true;
            List<Long> opened = peers.run(exchange -> {
                if (exchange.index() == 0) {
                    exchange.sync(false, NOTHING.duplicate());
                    long before = peers.gates.get(1).opened;
                    peers.gates.get(1).holding = false;
                    return before;
                }
                exchange.sync(false, NOTHING.duplicate());
                return peers.gates.get(1).opened;
            });
            assertThat(opened).containsExactly(-1L, 0L);
        }
    }

    /** Some supersteps with an inbox saved before each is read; then a new generation that begins with what was saved. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1 << 20})
    void aRestoredExchangeGivesTheSameBytesAndGoesOn(int inboxBytes) throws Exception {
        List<byte[]> inboxes = new ArrayList<>();
        List<Long> uninterrupted;
        try (Peers peers = peers(3, 1 << 20, 4096, inboxBytes)) {
            List<byte[]> saved = peers.run(exchange -> {
                steps(exchange, 0, 7);
                return savedInbox(exchange);
            });
            inboxes.addAll(saved);
            uninterrupted = peers.run(exchange -> {
                assertThat(savedInbox(exchange)).isEqualTo(inboxes.get(exchange.index()));
                DataOutputStream full = new DataOutputStream(new FullDisk(ROOM));
                assertThatThrownBy(() -> exchange.saveInbox(full)).hasMessage("the disk is full");
                return steps(exchange, 7, 11);
            });
        }
        List<DataEndpoint> endpoints = List.of(endpoint(0), endpoint(1), endpoint(2));
        try (Peers peers = new Peers(endpoints, Peers.config(folder, 1 << 20, 4096, inboxBytes, 3, directPeers()), 7)) {
            List<Long> restored = peers.run(exchange -> {
                assertThat(exchange.superstep()).isEqualTo(7);
                exchange.restoreInbox(new DataInputStream(new ByteArrayInputStream(inboxes.get(exchange.index()))));
                assertThat(savedInbox(exchange)).isEqualTo(inboxes.get(exchange.index()));
                return steps(exchange, 7, 11);
            });
            assertThat(restored).isEqualTo(uninterrupted);
        }
    }

    /** Takes only so many bytes. */
    private static final class FullDisk extends OutputStream {
        private int room;

        private FullDisk(int room) {
            this.room = room;
        }

        @Override
        public void write(int value) throws IOException {
            if (room-- == 0) {
                throw new IOException("the disk is full");
            }
        }
    }

    private static byte[] savedInbox(LinkExchange exchange) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exchange.saveInbox(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** Sends in each superstep what follows from all that was received before. */
    private static long steps(LinkExchange exchange, int from, int to) throws Exception {
        long hash = 0;
        for (int step = from; step < to; step++) {
            long seen = step;
            for (int sender = 0; sender < exchange.count(); sender++) {
                MessageReader reader = exchange.reader(sender);
                seen = seen * 31 + exchange.received(sender);
                while (reader.remaining() > 0) {
                    seen = seen * 31 + reader.readLongLE();
                }
            }
            hash = hash * 31 + seen;
            SplittableRandom chance = new SplittableRandom(seen + exchange.index());
            for (int peer = 0; peer < exchange.count(); peer++) {
                MessageWriter writer = exchange.writer(peer);
                for (int count = chance.nextInt(2000); count > 0; count--) {
                    writer.beginMessage();
                    writer.writeLongLE(chance.nextLong());
                    writer.endMessage();
                }
            }
            exchange.sync(false, NOTHING.duplicate());
        }
        return hash;
    }

    @Test
    void aCheckpointIsTakenWherePeer0WantsOneAllCanAndTheJobGoesOn() throws Exception {
        try (Peers peers = peers(3, 1 << 20, 8192, 1 << 20)) {
            peers.gates.forEach(gate -> gate.wants = step -> step % 2 == 1);
            List<String> taken = peers.run(exchange -> {
                StringBuilder text = new StringBuilder();
                for (int step = 0; step < 6; step++) {
                    boolean may = step < 3 || exchange.index() != 2;
                    text.append(
                            exchange.sync(step == 5, may, NOTHING.duplicate()).takesCheckpoint() ? '+' : '-');
                }
                return text.toString();
            });
            assertThat(taken).containsOnly("-+----");
            assertThat(peers.gates.get(0).asked).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            assertThat(peers.gates.get(0).decided).containsExactly("1 taken", "3 not taken");
            assertThat(peers.gates.get(1).asked).isEmpty();
        }
    }

    @Test
    void anAbandonedExchangeWaitsForNobody() throws Exception {
        try (Peers peers = peers(2, 1 << 20, 8192, 1 << 20)) {
            peers.run(exchange -> exchange.sync(true, NOTHING.duplicate()).allVotedEnd());
            LinkExchange exchange = peers.exchanges.get(1);
            exchange.abandon();
            assertThatThrownBy(exchange::connect).isInstanceOfSatisfying(BspException.class, e -> assertThat(e.kind())
                    .isEqualTo(BspException.Kind.FENCED));
        }
    }

    @Test
    void closingWakesAProgramThatWaitsInABarrier() throws Exception {
        try (Peers peers = peers(2, 1 << 20, 8192, 1 << 20)) {
            assertThatThrownBy(() -> peers.run(exchange -> {
                        if (exchange.index() == 0) {
                            while (peers.gates.get(1).arrived < 0) {
                                Thread.onSpinWait();
                            }
                            peers.exchanges.get(1).close();
                            return null;
                        }
                        return exchange.sync(false, NOTHING.duplicate());
                    }))
                    .isInstanceOfSatisfying(
                            BspException.class, e -> assertThat(e.kind()).isEqualTo(BspException.Kind.FENCED));
        }
    }

    @Test
    void aFencedAttemptLeavesItsBarrier() throws Exception {
        try (Peers peers = peers(2, 1 << 20, 8192, 1 << 20)) {
            peers.gates.get(1).fence = new BspException(BspException.Kind.FENCED, "attempt is over");
            assertThatThrownBy(() -> peers.exchanges.get(1).sync(false, NOTHING.duplicate()))
                    .hasMessage("attempt is over");
        }
    }

    @Test
    void anEndThatOnePeerReachesFirstLosesNoLink() throws Exception {
        for (int round = 0; round < 5; round++) {
            try (Peers peers = peers(4, 1 << 20, 8192, 1 << 20)) {
                peers.run(exchange -> {
                    exchange.sync(false, NOTHING.duplicate());
                    exchange.sync(true, NOTHING.duplicate());
                    exchange.close();
                    return null;
                });
                assertThat(peers.gates).allSatisfy(gate -> assertThat(gate.lost).isEmpty());
            }
        }
    }

    @Test
    void aMessageThatFailsIsTakenBack() throws Exception {
        try (Peers peers = peers(2, 1 << 20, 4096, 1 << 20)) {
            List<String> texts = peers.run(exchange -> {
                MessageWriter writer = exchange.writer(1 - exchange.index());
                for (int i = 0; i < 100; i++) {
                    writer.beginMessage();
                    writer.writeUTF("kept " + i);
                    writer.endMessage();
                    writer.beginMessage();
                    writer.write(new byte[i * 200]);
                    writer.abandonMessage();
                }
                exchange.sync(false, NOTHING.duplicate());
                MessageReader reader = exchange.reader(1 - exchange.index());
                for (int i = 0; i < 100; i++) {
                    assertThat(reader.readUTF()).isEqualTo("kept " + i);
                }
                assertThat(exchange.received(1 - exchange.index())).isEqualTo(100);
                return "" + reader.remaining();
            });
            assertThat(texts).containsExactly("0", "0");
        }
    }

    /** Sends random bytes to random peers; a hash over all that came, in order of sender. */
    static long randomTraffic(LinkExchange exchange, long seed, int supersteps, int maxBytes) throws Exception {
        CRC32C hash = new CRC32C();
        for (int step = 0; step < supersteps; step++) {
            for (int to = 0; to < exchange.count(); to++) {
                MessageWriter writer = exchange.writer(to);
                for (byte[] message : messages(seed, step, exchange.index(), to, maxBytes)) {
                    writer.beginMessage();
                    writer.writeInt(message.length);
                    writer.write(message);
                    writer.endMessage();
                }
            }
            exchange.sync(step == supersteps - 1, NOTHING.duplicate());
            for (int from = 0; from < exchange.count(); from++) {
                MessageReader reader = exchange.reader(from);
                long came = 0;
                for (; reader.remaining() > 0; came++) {
                    byte[] message = new byte[reader.readInt()];
                    reader.readFully(message);
                    hash.update(message);
                }
                assertThat(exchange.received(from)).isEqualTo(came);
            }
        }
        return hash.getValue();
    }

    /** What {@link #randomTraffic} gives, computed without any exchange. */
    static List<Long> expected(int count, long seed, int supersteps, int maxBytes) {
        List<Long> hashes = new ArrayList<>();
        for (int to = 0; to < count; to++) {
            CRC32C hash = new CRC32C();
            for (int step = 0; step < supersteps; step++) {
                for (int from = 0; from < count; from++) {
                    messages(seed, step, from, to, maxBytes).forEach(hash::update);
                }
            }
            hashes.add(hash.getValue());
        }
        return hashes;
    }

    private static List<byte[]> messages(long seed, int step, int from, int to, int maxBytes) {
        SplittableRandom random =
                new SplittableRandom(seed ^ (step * 1_000_003L + from * 1009L + to) * 0x9E3779B97F4A7C15L);
        List<byte[]> messages = new ArrayList<>();
        for (int left = random.nextInt(8); left > 0; left--) {
            byte[] message = new byte[random.nextInt(1 + random.nextInt(maxBytes))];
            random.nextBytes(message);
            messages.add(message);
        }
        return messages;
    }
}
