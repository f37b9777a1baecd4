package io.valiant.transport;

import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where peers of the same machine come in and from where they are dialled: a Unix-domain socket in their {@link PeerFolder}.
 * Used by the owner of the links only.
 */
final class LocalDoor implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    private final PeerTransport transport;
    private final PeerFolder folder;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final Consumer<String> notes;

    /** What was noted, so that a link that is made again and again is told of once. */
    private final Set<String> noted = new HashSet<>();

    private final RingRoom room;

    /** Peers for whose ring there was no room when they were last dialled; they are dialled once more before it is given up. */
    private final Set<AttemptId> awaitRoom = new HashSet<>();

    private int rings;

    private LocalDoor(
            LocalLinks links,
            PeerFolder folder,
            Path socket,
            ServerSocketChannel server,
            Selector selector,
            RingRoom room,
            Consumer<String> notes) {
        this.room = room;
        this.notes = notes;
        this.transport = links.transport();
        this.folder = folder;
        this.socket = socket;
        this.server = server;
        this.selector = selector;
    }

    /**
     * Opens the door of a peer that has that TCP port besides.
     *
     * @param room is asked for more where there is none for a ring
     * @param notes is told once of each link that has to do with less than was wanted
     * @throws IOException if it cannot be opened; the message names what is wrong
     */
    static LocalDoor open(LocalLinks links, int port, Selector selector, RingRoom room, Consumer<String> notes)
            throws IOException {
        if (links.folder() == null) {
            throw new IOException("there is no folder for it on this machine");
        }
        PeerFolder folder = PeerFolder.make(links.folder());
        Path socket = folder.socket(links.attempt(), port);
        Path unfinished = PeerFolder.unfinished(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            Files.deleteIfExists(unfinished);
            server.bind(UnixDomainSocketAddress.of(unfinished), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            Files.move(unfinished, socket, StandardCopyOption.ATOMIC_MOVE);
            return new LocalDoor(links, folder, socket, server, selector, room, notes);
        } catch (IOException | RuntimeException e) {
            server.close();
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /**
     * Starts a connection to a peer of this machine.
     *
     * @return null if it has to be dialled by TCP
     * @throws IOException if it cannot be reached and may not be dialled by TCP
     */
    ByteStream dial(LinkAddress to, Waits waits) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            SelectionKey key = prepare(channel);
            if (!channel.connect(UnixDomainSocketAddress.of(folder.socket(to.attempt(), to.port())))) {
                throw new IOException("its socket is busy");
            }
            LocalStream stream = new LocalStream(channel, key, waits, transport);
            RingFile ring = transport.sharesMemory() ? ring(to) : null;
            stream.offer(ring, () -> note(to, "through a socket: the peer takes no shared memory"));
            return stream;
        } catch (NoRoom e) {
            channel.close();
            throw e;
        } catch (IOException e) {
            channel.close();
            if (transport == PeerTransport.AUTO) {
                note(to, "by TCP: " + e.getMessage());
                return null;
            }
            throw new IOException("bsp.peer.transport = " + transport.label() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void note(LinkAddress to, String way) {
        String line = "the link to peer " + to.peer().index() + " of this machine goes " + way;
        if (noted.add(line)) {
            notes.accept(line);
        }
    }

    /** A ring for a connection to that peer; null if there is no room for it and the sockets will do. */
    private RingFile ring(LinkAddress to) throws IOException {
        try {
            RingFile ring = RingFile.create(PeerFolder.ring(socket, ++rings), RingFile.capacity(to.neighbours()));
            awaitRoom.remove(to.attempt());
            return ring;
        } catch (IOException e) {
            if (awaitRoom.add(to.attempt())) {
                // The link is dialled again in a moment.
                room.make();
                throw new NoRoom("no shared memory for a link to " + to.peer() + " yet: " + e.getMessage(), e);
            }
            awaitRoom.remove(to.attempt());
            if (transport == PeerTransport.AUTO) {
                note(to, "through a socket: no shared memory: " + e.getMessage());
                return null;
            }
            throw new IOException("no shared memory for a link to " + to.peer() + ": " + e.getMessage(), e);
        }
    }

    /** No room for a ring, but there may be some in a moment. */
    private static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1;

        NoRoom(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** The next connection a peer of this machine has made; null if there is none now. */
    ByteStream accept(Waits waits) throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return null;
        }
        try {
            LocalStream stream = new LocalStream(channel, prepare(channel), waits, transport);
            stream.expect(folder);
            return stream;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private SelectionKey prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        return channel.register(selector, SelectionKey.OP_READ);
    }

    /** Closes the door and removes its socket; streams are closed by their users. */
    @Override
    public void close() {
        SocketTransport.closeQuietly(server);
        try {
            Files.deleteIfExists(socket);
        } catch (IOException unused) {
            // The groom removes it when this child has ended, and grooms that start sweep.
        }
    }

    @Override
    public String toString() {
        return transport.label() + " " + socket;
    }
}
