package io.valiant.groom.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.groom.core.GroomEvent;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.LocalTree;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.TaskReportCodec;
import io.valiant.protocol.TaskReportReader;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TaskReportServerTest {
    private static final ChildMessage ATTACH = new ChildMessage.Attach(
            "0123456789abcdef0123456789abcdef", new AttemptId(new JobId("j"), 0, 1), 77, "127.0.0.1", 7000);

    @TempDir
    private Path folder;

    private final LinkedBlockingQueue<GroomEvent> events = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();

    private TaskReportServer open(Optional<HostPort> tcp, Path local) throws BspException {
        TaskReportServer server =
                TaskReportServer.open(tcp, tcp, local, SystemClock.INSTANCE, events::add, faults::add);
        server.start();
        return server;
    }

    private static SocketChannel connect(TaskReportServer server) throws IOException {
        String address = server.address();
        return address.startsWith("unix:")
                ? SocketChannel.open(UnixDomainSocketAddress.of(address.substring("unix:".length())))
                : SocketChannel.open(HostPort.parse(address).resolve());
    }

    private GroomEvent next() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }

    private void talk(TaskReportServer server) throws Exception {
        try (SocketChannel child = connect(server)) {
            child.write(TaskReportCodec.encode(ATTACH));
            GroomEvent.FromChild attach = (GroomEvent.FromChild) next();
            assertThat(attach.message()).isEqualTo(ATTACH);
            child.write(TaskReportCodec.encode(new ChildMessage.Ping(1, AttemptProgress.NONE)));
            assertThat(next())
                    .isEqualTo(new GroomEvent.FromChild(
                            attach.connection(), new ChildMessage.Ping(1, AttemptProgress.NONE)));

            server.send(attach.connection(), new GroomMessage.Pong(1));
            server.send(attach.connection(), new GroomMessage.Hold());
            server.close(attach.connection());
            TaskReportReader reader = new TaskReportReader(TaskReportCodec.FRAME_LIMIT);
            assertThat(read(reader, child)).isEqualTo(new GroomMessage.Pong(1));
            assertThat(read(reader, child)).isEqualTo(new GroomMessage.Hold());
            assertThat(reader.readFrom(child)).isEqualTo(-1);
            assertThat(next()).isEqualTo(new GroomEvent.ChildDisconnected(attach.connection()));
        }
    }

    private static GroomMessage read(TaskReportReader reader, SocketChannel channel) throws Exception {
        ByteBuffer frame = reader.next();
        while (frame == null) {
            assertThat(reader.readFrom(channel)).isPositive();
            frame = reader.next();
        }
        return TaskReportCodec.decodeGroom(frame);
    }

    @Test
    void childrenTalkOverAUnixSocketInAClosedFolder() throws Exception {
        try (TaskReportServer server = open(Optional.empty(), folder)) {
            talk(server);
            Path socket = Path.of(server.address().substring("unix:".length()));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void childrenTalkOverTcpWhereAsked() throws Exception {
        try (TaskReportServer server = open(Optional.of(new HostPort("127.0.0.1", 0)), folder)) {
            talk(server);
        }
    }

    @Test
    void aFolderWithALongPathHasItsSocketElsewhereUntilTheNextGroomRemovesIt() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("d".repeat(60)).resolve("e".repeat(60)));
        Path elsewhere;
        try (TaskReportServer server = open(Optional.empty(), deep)) {
            talk(server);
            elsewhere = Path.of(server.address().substring("unix:".length())).getParent();
            assertThat(elsewhere.startsWith(deep)).isFalse();
        }
        Files.createDirectory(elsewhere);
        try (TaskReportServer server = open(Optional.empty(), deep)) {
            assertThat(elsewhere).doesNotExist();
            assertThat(server.address()).startsWith("unix:");
        }
    }

    @Test
    void aSocketThatIsRemovedIsBoundAgainAtTheSameAddress() throws Exception {
        try (TaskReportServer server = open(Optional.empty(), folder)) {
            String address = server.address();
            try (SocketChannel before = connect(server)) {
                before.write(TaskReportCodec.encode(ATTACH));
                GroomEvent.FromChild attach = (GroomEvent.FromChild) next();
                server.send(attach.connection(), new GroomMessage.Hold());
                LocalTree.delete(folder.resolve("report"));
                assertThat(server.isReachable()).isFalse();
                server.listenAgain();
                await().until(server::isReachable);
                assertThat(server.address()).isEqualTo(address);
                before.write(TaskReportCodec.encode(new ChildMessage.Ping(1, AttemptProgress.NONE)));
                assertThat(next()).as("a child that was connected still is").isInstanceOf(GroomEvent.FromChild.class);
            }
            assertThat(next()).isInstanceOf(GroomEvent.ChildDisconnected.class);
            talk(server);
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void aSocketIsNotBoundAgainWhereALinkLeadsElsewhere() throws Exception {
        try (ReportEndpoint endpoint = ReportEndpoint.open(Optional.empty(), Optional.empty(), folder)) {
            Path report = folder.resolve("report");
            LocalTree.delete(report);
            Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
            Files.createSymbolicLink(report, elsewhere);
            assertThatThrownBy(endpoint::bindAgain).hasMessageContaining("is another's now");
            assertThat(elsewhere).isEmptyDirectory();
            Files.delete(report);
            Files.createDirectory(report);
        }
    }

    @Test
    void garbageEndsTheConnectionAndNothingElse() throws Exception {
        try (TaskReportServer server = open(Optional.empty(), folder)) {
            try (SocketChannel stranger = connect(server)) {
                stranger.write(
                        ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            assertThat(next()).isInstanceOf(GroomEvent.ChildDisconnected.class);
            talk(server);
        }
    }

    @Test
    void anAddressInUseIsToldInOneLine() throws Exception {
        try (TaskReportServer server = open(Optional.of(new HostPort("127.0.0.1", 0)), folder)) {
            Optional<HostPort> taken = Optional.of(HostPort.parse(server.address()));
            assertThatThrownBy(() -> open(taken, folder))
                    .isInstanceOf(BspException.class)
                    .hasMessageContaining("bsp.groom.report.address = " + server.address());
        }
    }
}
