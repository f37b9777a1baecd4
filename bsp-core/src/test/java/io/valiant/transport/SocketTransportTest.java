package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.time.FakeTime;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class SocketTransportTest {
    private static final JobId JOB = new JobId("job_c_1");
    private static final long FOR_EVER_NS = TimeUnit.HOURS.toNanos(1);

    @TempDir
    Path place;

    private final List<SocketTransport> transports = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @AfterEach
    void close() {
        transports.forEach(SocketTransport::close);
    }

    private SocketTransport bind(PeerTransport transport, int index) throws IOException {
        Path folder = PeerFolder.make(place.resolve("p")).path();
        LocalLinks links = new LocalLinks(transport, folder, new AttemptId(JOB, index, 1));
        transports.add(SocketTransport.bind("127.0.0.1", 0, links, new FakeTime(), notes::add));
        return transports.get(transports.size() - 1);
    }

    private static LinkAddress address(SocketTransport transport, int index) {
        LinkIdentity identity = new LinkIdentity(JOB, 1, index, 1, "secret");
        return new LinkAddress(identity, transport.host(), transport.port(), 2);
    }

    /** A connection of the second to the first: both its ends, the one that accepted first. */
    private static List<ByteStream> connect(SocketTransport first, SocketTransport second) throws IOException {
        ByteStream dialled = second.dial(address(first, 0));
        ByteStream accepted = null;
        while (accepted == null || !dialled.isConnected()) {
            accepted = accepted == null ? first.accept() : accepted;
            if (accepted != null) {
                assertThat(accepted.read(ByteBuffer.allocate(1))).isZero();
            }
        }
        accepted.read(ByteBuffer.allocate(1));
        return List.of(accepted, dialled);
    }

    @ParameterizedTest
    @CsvSource({
        "auto, auto, RingStream",
        "shm, auto, RingStream",
        "unix, auto, p/",
        "auto, unix, p/",
        "unix, unix, p/",
        "tcp, auto, 127.0.0.1",
        "auto, tcp, 127.0.0.1",
        "unix, tcp, 127.0.0.1"
    })
    void whoDialsChoosesAndTakesWhatTheOtherHas(String accepts, String dials, String carrier) throws Exception {
        SocketTransport first = bind(PeerTransport.of(accepts), 0);
        List<ByteStream> ends = connect(first, bind(PeerTransport.of(dials), 1));
        assertThat(ends.get(1).toString()).contains(carrier);
        if (dials.equals("auto") && !carrier.equals("RingStream")) {
            assertThat(notes)
                    .hasSize(1)
                    .allMatch(note -> note.startsWith("the link to peer 0 of this machine goes "
                            + (accepts.equals("tcp") ? "by TCP: " : "through a socket: ")));
        } else {
            assertThat(notes).isEmpty();
        }
        assertThat(files(place.resolve("p")))
                .noneMatch(file -> file.getFileName().toString().contains("."));
        ends.forEach(ByteStream::close);
    }

    @Test
    void aWayThatIsWantedAndNotThereIsAnErrorAndNoOtherIsTaken() throws Exception {
        SocketTransport tcp = bind(PeerTransport.TCP, 0);
        SocketTransport unix = bind(PeerTransport.UNIX, 1);
        assertThatThrownBy(() -> bind(PeerTransport.SHM, 2).dial(address(tcp, 0)))
                .isInstanceOf(IOException.class);
        SocketTransport shm = bind(PeerTransport.SHM, 3);
        assertThatThrownBy(() -> connectTo(unix, shm.dial(address(unix, 1))))
                .hasMessage("the peer cannot take a link by shared memory");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "SHM"})
    void whereThereIsNoRoomForARingItIsTriedOnceMoreThenSocketsDoIfTheyMay(PeerTransport transport) throws Exception {
        SocketTransport first = bind(transport, 0);
        SocketTransport second = bind(transport, 1);
        Path door = PeerFolder.of(place.resolve("p")).socket(new AttemptId(JOB, 1, 1), second.port());
        Files.createFile(PeerFolder.ring(door, 1));
        assertThatThrownBy(() -> second.dial(address(first, 0))).hasMessageContaining("no shared memory");
        first.accept().close();
        assertThat(notes).isEmpty();
        assertThat(connect(first, second).get(1).toString()).contains("RingStream");
        Files.createFile(PeerFolder.ring(door, 3));
        Files.createFile(PeerFolder.ring(door, 4));
        Files.createFile(PeerFolder.ring(door, 5));
        assertThatThrownBy(() -> second.dial(address(first, 0))).hasMessageContaining("no shared memory");
        first.accept().close();
        if (transport == PeerTransport.AUTO) {
            assertThat(connect(first, second).get(1).toString()).contains("p/");
            assertThat(notes).hasSize(1);
            assertThat(notes.get(0)).startsWith("the link to peer 0 of this machine goes through a socket: no shared");
        } else {
            assertThatThrownBy(() -> second.dial(address(first, 0)))
                    .hasMessageContaining("bsp.peer.transport = shm: no shared memory");
            assertThat(notes).isEmpty();
        }
    }

    private static void connectTo(SocketTransport accepting, ByteStream dialled) throws IOException {
        ByteStream accepted = null;
        while (!dialled.isConnected()) {
            accepted = accepted == null ? accepting.accept() : accepted;
            if (accepted != null) {
                accepted.read(ByteBuffer.allocate(1));
            }
        }
    }

    @Test
    void withoutAFolderAutoIsTcpAndSaysWhyAndShmIsRefused() throws Exception {
        AttemptId attempt = new AttemptId(JOB, 0, 1);
        Path open = Files.createDirectory(place.resolve("open"));
        SocketTransport auto = SocketTransport.bind(
                "127.0.0.1", 0, new LocalLinks(PeerTransport.AUTO, open, attempt), new FakeTime(), notes::add);
        transports.add(auto);
        assertThat(auto.localProblem()).contains("is open to other users");
        assertThatThrownBy(() -> SocketTransport.bind(
                        "127.0.0.1", 0, new LocalLinks(PeerTransport.SHM, null, attempt), new FakeTime(), notes::add))
                .hasMessage("bsp.peer.transport = shm is not possible here: there is no folder for it on this machine");
    }

    @Test
    void aSocketIsThereWhileItsPeerIsAndGoneAfter() throws Exception {
        SocketTransport transport = bind(PeerTransport.AUTO, 0);
        Path socket = PeerFolder.of(place.resolve("p")).socket(new AttemptId(JOB, 0, 1), transport.port());
        assertThat(files(place.resolve("p"))).containsExactly(socket);
        transport.close();
        assertThat(files(place.resolve("p"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerTransport.class,
            names = {"UNIX", "SHM"})
    void theEndOfAPeerIsSeenBehindAllThatItWrote(PeerTransport transport) throws Exception {
        SocketTransport first = bind(transport, 0);
        List<ByteStream> ends = connect(first, bind(transport, 1));
        ByteBuffer[] words = {ByteBuffer.wrap(new byte[100])};
        ends.get(1).write(words, 1);
        ends.get(1).close();
        ByteBuffer into = ByteBuffer.allocate(200);
        int count;
        do {
            first.await(FOR_EVER_NS);
            count = ends.get(0).read(into);
        } while (count >= 0);
        assertThat(into.position()).isEqualTo(100);
    }

    @Test
    void whoDoesNotBeginAsAPeerIsClosed() throws Exception {
        SocketTransport first = bind(PeerTransport.AUTO, 0);
        Path socket = PeerFolder.of(place.resolve("p")).socket(new AttemptId(JOB, 0, 1), first.port());
        for (byte[] words : List.of(
                "GET / HTTP/1.1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                offer("x".repeat(49)),
                new byte[] {'V', 'A', 'L', 'U', -1})) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap(words));
                ByteStream accepted = awaitAccept(first);
                assertThatThrownBy(() -> accepted.read(ByteBuffer.allocate(100)))
                        .hasMessage("this is not how a peer begins");
                accepted.close();
            }
        }
        for (String name : List.of("../../etc/passwd", "0123456789abcdef-1.1")) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap(offer(name)));
                ByteStream accepted = awaitAccept(first);
                assertThat(accepted.read(ByteBuffer.allocate(100))).isZero();
                ByteBuffer answer = ByteBuffer.allocate(1);
                channel.read(answer);
                assertThat(answer.get(0)).as("%s is not taken", name).isZero();
                accepted.close();
            }
        }
    }

    private static byte[] offer(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(5 + name.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0x554C4156).put((byte) name.length());
        return bytes.put(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .array();
    }

    private static ByteStream awaitAccept(SocketTransport transport) throws IOException {
        ByteStream accepted = transport.accept();
        while (accepted == null) {
            transport.await(FOR_EVER_NS);
            accepted = transport.accept();
        }
        return accepted;
    }

    /** Both sides block whenever there is nothing to do: a wake-up that is lost would leave them there. */
    @ParameterizedTest
    @EnumSource(
            value = PeerTransport.class,
            names = {"TCP", "UNIX", "SHM"})
    void noWakeUpIsLost(PeerTransport transport) throws Exception {
        SocketTransport first = bind(transport, 0);
        SocketTransport second = bind(transport, 1);
        List<ByteStream> ends = connect(first, second);
        int rounds = 10_000;
        Thread other = new Thread(() -> passOn(second, ends.get(1), rounds));
        other.start();
        ByteBuffer ball = ByteBuffer.allocateDirect(8);
        for (long round = 0; round < rounds; round++) {
            ball.clear().putLong(0, round);
            ends.get(0).write(new ByteBuffer[] {ball}, 1);
            readAll(first, ends.get(0), ball.clear());
            assertThat(ball.getLong(0)).isEqualTo(round + 1);
        }
        other.join();
    }

    private static void passOn(SocketTransport transport, ByteStream stream, int rounds) {
        try {
            ByteBuffer ball = ByteBuffer.allocateDirect(8);
            for (int round = 0; round < rounds; round++) {
                readAll(transport, stream, ball.clear());
                ball.putLong(0, ball.getLong(0) + 1).clear();
                stream.write(new ByteBuffer[] {ball}, 1);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readAll(SocketTransport transport, ByteStream stream, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (stream.read(into) == 0) {
                transport.await(FOR_EVER_NS);
            }
        }
    }

    /** More than any buffer holds, in pieces of all sizes, while both sides block for room and for bytes. */
    @ParameterizedTest
    @EnumSource(
            value = PeerTransport.class,
            names = {"TCP", "UNIX", "SHM"})
    void noBytesAreLostWhereBothSidesBlock(PeerTransport transport) throws Exception {
        SocketTransport first = bind(transport, 0);
        SocketTransport second = bind(transport, 1);
        List<ByteStream> ends = connect(first, second);
        long all = 64L << 20;
        Thread other = new Thread(() -> writeAll(second, ends.get(1), all));
        other.start();
        ByteBuffer into = ByteBuffer.allocateDirect(100_003).order(ByteOrder.LITTLE_ENDIAN);
        long next = 0;
        long wrong = 0;
        while (next < all) {
            int count = ends.get(0).read(into);
            if (count == 0) {
                first.await(FOR_EVER_NS);
            }
            into.flip();
            while (into.remaining() >= Long.BYTES) {
                wrong |= into.getLong() ^ next;
                next += Long.BYTES;
            }
            into.compact();
        }
        assertThat(wrong).isZero();
        other.join();
    }

    private static void writeAll(SocketTransport transport, ByteStream stream, long all) {
        try {
            ByteBuffer from = ByteBuffer.allocateDirect(64 << 10).order(ByteOrder.LITTLE_ENDIAN);
            for (long next = 0; next < all; ) {
                from.clear();
                for (int room = 8 + (int) (next * 31 % 8000) * 8; room > 0 && next < all; room -= Long.BYTES) {
                    from.putLong(next);
                    next += Long.BYTES;
                }
                from.flip();
                while (from.hasRemaining()) {
                    stream.write(new ByteBuffer[] {from}, 1);
                    stream.awaitRoom(from.hasRemaining());
                    if (from.hasRemaining()) {
                        transport.await(FOR_EVER_NS);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
