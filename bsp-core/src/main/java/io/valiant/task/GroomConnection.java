package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.TaskReportCodec;
import io.valiant.protocol.TaskReportReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * The child's end of the task-report connection. Two threads for each connection, {@code groom-reader} and
 * {@code groom-writer}, so that nobody who tells the groom something ever waits for it.
 */
final class GroomConnection {
    private static final String UNIX = "unix:";

    private final String address;
    private final Consumer<ChildEvent> events;
    private final ThreadGroup group = Thread.currentThread().getThreadGroup();

    /** Written by the reader of each connection, one after another. */
    private volatile Session session;

    /**
     * @param address {@code unix:/path} or {@code host:port}
     * @param events takes GroomConnected, FromGroom and GroomDisconnected
     */
    GroomConnection(String address, Consumer<ChildEvent> events) {
        this.address = address;
        this.events = events;
    }

    /** Tries once to connect; GroomConnected or GroomDisconnected follows. Not while a connection is there. Any thread. */
    void connect() {
        start("groom-reader", this::connectAndRead);
    }

    /** Tells the groom, if there is a connection. Any thread. */
    void send(ChildMessage message) {
        Session open = session;
        if (open != null) {
            open.messages.add(message);
        }
    }

    private void connectAndRead() {
        String detail;
        try (SocketChannel channel = open()) {
            Session open = new Session(channel);
            session = open;
            events.accept(new ChildEvent.GroomConnected());
            start("groom-writer", open::write);
            detail = read(channel);
        } catch (IOException | BspException | RuntimeException e) {
            detail = String.valueOf(e.getMessage());
        }
        Session ended = session;
        session = null;
        if (ended != null) {
            ended.messages.add(Session.END);
        }
        events.accept(new ChildEvent.GroomDisconnected(detail));
    }

    private SocketChannel open() throws IOException {
        if (address.startsWith(UNIX)) {
            return SocketChannel.open(UnixDomainSocketAddress.of(address.substring(UNIX.length())));
        }
        int colon = address.lastIndexOf(':');
        SocketAddress remote =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        SocketChannel channel = SocketChannel.open(remote);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /** Reads until the end; returns why it ended. */
    private String read(SocketChannel channel) throws IOException, BspException {
        TaskReportReader reader = new TaskReportReader(TaskReportCodec.FRAME_LIMIT);
        while (reader.readFrom(channel) >= 0) {
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                events.accept(new ChildEvent.FromGroom(TaskReportCodec.decodeGroom(frame)));
            }
        }
        return "the groom closed the connection";
    }

    /** In its own group, whoever steps the core: threads of the program's group are taken for the program's. */
    private void start(String name, Runnable work) {
        Thread thread = new Thread(group, work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection's way out. What was not written when it ends is not written to the next: the core says it again. */
    private static final class Session {
        /** Ends the writer. Never sent. */
        private static final ChildMessage END = new ChildMessage.LinkLost(0, -1, 0, "end of session");

        private final SocketChannel channel;
        private final LinkedBlockingQueue<ChildMessage> messages = new LinkedBlockingQueue<>();

        private Session(SocketChannel channel) {
            this.channel = channel;
        }

        /** A failure to write closes the channel, which ends the reader too. */
        private void write() {
            try (channel) {
                for (ChildMessage message = messages.take(); message != END; message = messages.take()) {
                    ByteBuffer frame = TaskReportCodec.encode(message);
                    while (frame.hasRemaining()) {
                        channel.write(frame);
                    }
                }
            } catch (IOException | BspException e) {
                messages.clear();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
