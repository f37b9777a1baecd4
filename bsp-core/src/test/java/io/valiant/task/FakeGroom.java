package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.ChildHandover;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.TaskReportCodec;
import io.valiant.protocol.TaskReportReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A groom that starts children and hears them over a Unix-domain socket, and does nothing by itself but answer pings. */
final class FakeGroom implements AutoCloseable {
    private final Path folder;
    private final ServerSocketChannel server;
    private final List<Process> processes = new ArrayList<>();
    private final LinkedBlockingQueue<Talk> talks = new LinkedBlockingQueue<>();
    volatile boolean silent;
    private PeerTransport transport = PeerTransport.TCP;
    private String peerFolder = "";

    FakeGroom(Path folder) throws IOException {
        this.folder = folder;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("s")));
        Thread acceptor = new Thread(this::accept, "fake-groom");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** How children are linked that are started from now on; they meet in that folder. */
    void link(PeerTransport by, Path sockets) {
        transport = by;
        peerFolder = sockets.toString();
    }

    /** A child JVM that has been handed over its attempt. */
    Process launch(AttemptId attempt, String... options) throws IOException {
        Process process = start(attempt, List.of(), options);
        handOver(process, attempt);
        return process;
    }

    /** A child JVM that waits for the attempt, whose folder has its streams. */
    Process launchSpare(AttemptId attempt, String... options) throws IOException {
        return start(attempt, List.of("spare"), options);
    }

    private Process start(AttemptId attempt, List<String> arguments, String... options) throws IOException {
        Path work = Files.createDirectories(folder.resolve(attempt.toString()));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BspChildRunner.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectOutput(work.resolve("stdout").toFile())
                .redirectError(work.resolve("stderr").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Tells a child JVM which attempt it is. */
    void handOver(Process process, AttemptId attempt) throws IOException {
        Path work = folder.resolve(attempt.toString());
        try (OutputStream stdin = process.getOutputStream()) {
            new ChildHandover(
                            "unix:" + folder.resolve("s"),
                            attempt,
                            "token-" + attempt,
                            "127.0.0.1",
                            transport,
                            peerFolder,
                            work.toString(),
                            work.toString(),
                            work.resolve("mark").toString(),
                            200_000_000L,
                            2_000_000_000L,
                            2_000_000_000L,
                            0.3,
                            1 << 20,
                            0,
                            CheckpointTimes.NONE,
                            new TreeMap<>())
                    .writeTo(stdin);
        }
    }

    /** The next connection on which a child has attached. */
    Talk attached() throws InterruptedException {
        Talk talk = talks.poll(20, TimeUnit.SECONDS);
        if (talk == null) {
            throw new AssertionError("no child attached within 20 s");
        }
        return talk;
    }

    private void accept() {
        try {
            while (true) {
                Talk talk = new Talk(server.accept());
                Thread reader = new Thread(talk::read, "fake-groom-talk");
                reader.setDaemon(true);
                reader.start();
            }
        } catch (IOException e) {
            // closed
            talks.clear();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Process process : processes) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** A connection of one child. */
    final class Talk {
        private final SocketChannel channel;
        private final LinkedBlockingQueue<ChildMessage> heard = new LinkedBlockingQueue<>();
        volatile ChildMessage.Attach attach;

        private Talk(SocketChannel channel) {
            this.channel = channel;
        }

        private void read() {
            TaskReportReader reader = new TaskReportReader(TaskReportCodec.FRAME_LIMIT);
            try (channel) {
                while (reader.readFrom(channel) >= 0) {
                    for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                        take(TaskReportCodec.decodeChild(frame));
                    }
                }
            } catch (IOException | BspException e) {
                heard.add(new ChildMessage.LinkLost(0, -1, 0, "connection: " + e));
            }
        }

        private void take(ChildMessage message) throws IOException, BspException {
            if (message instanceof ChildMessage.Attach first) {
                attach = first;
                talks.add(this);
            } else if (message instanceof ChildMessage.Ping ping) {
                if (!silent) {
                    say(new GroomMessage.Pong(ping.number()));
                }
            } else if (!(message instanceof ChildMessage.Supersteps)) {
                heard.add(message);
            }
        }

        void say(GroomMessage message) throws IOException, BspException {
            ByteBuffer frame = TaskReportCodec.encode(message);
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }

        /** The next message that neither is a ping nor tells of supersteps. */
        <T extends ChildMessage> T hear(Class<T> type) throws InterruptedException {
            ChildMessage message = heard.poll(20, TimeUnit.SECONDS);
            if (!type.isInstance(message)) {
                throw new AssertionError("wanted " + type.getSimpleName() + ", heard " + message);
            }
            return type.cast(message);
        }

        void hangUp() throws IOException {
            channel.close();
        }
    }
}
