package io.valiant.transport;

import io.valiant.config.PeerTransport;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * TCP, without delay; between peers of one machine, where wanted, a {@link LocalDoor}'s sockets and rings. Who dials chooses,
 * who accepts takes what comes. The selector is only for waiting: inside a short barrier the owner reads the channels
 * themselves, again and again, which saves the selector's system calls and a thread switch.
 */
public final class SocketTransport implements Transport {
    private static final int BACKLOG = 1024;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final InetSocketAddress address;

    /** Null where all goes by TCP. */
    private final LocalDoor local;

    private final String localProblem;

    private final Waits waits = new Waits();

    /** One waits at a time: an owner that has lost the links may still be on its way out. */
    private final ReentrantLock waitLock = new ReentrantLock();

    private SocketTransport(
            Selector selector, ServerSocketChannel server, LocalLinks links, Clock clock, Consumer<String> notes)
            throws IOException {
        this.selector = selector;
        this.server = server;
        this.address = (InetSocketAddress) server.getLocalAddress();
        LocalDoor opened = null;
        String problem = "";
        if (links.transport().isLocal()) {
            try {
                RingRoom room = new RingRoom(clock, System::gc);
                opened = LocalDoor.open(links, address.getPort(), selector, room, notes);
            } catch (IOException e) {
                if (links.transport() != PeerTransport.AUTO) {
                    throw new IOException(
                            "bsp.peer.transport = " + links.transport().label() + " is not possible here: "
                                    + e.getMessage(),
                            e);
                }
                problem = e.getMessage();
            }
        }
        this.local = opened;
        this.localProblem = problem;
    }

    /**
     * Binds an address.
     *
     * @param port 0 for any free one
     */
    public static SocketTransport bind(String host, int port) throws IOException {
        return bind(host, port, LocalLinks.NONE, SystemClock.INSTANCE, note -> {});
    }

    /**
     * Binds an address, and what other peers of this machine may use instead of it.
     *
     * @param port 0 for any free one
     * @param clock the time
     * @param notes is told, a line each, of links to peers of this machine that have to do with less than was wanted; by the
     *     owner of the links
     * @throws IOException if TCP cannot be bound, or what the machine offers cannot and there is nothing to take its place
     */
    public static SocketTransport bind(String host, int port, LocalLinks links, Clock clock, Consumer<String> notes)
            throws IOException {
        InetSocketAddress wanted = new InetSocketAddress(host, port);
        if (wanted.isUnresolved()) {
            throw new IOException("host " + host + " has no address");
        }
        Selector selector = Selector.open();
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            try {
                server.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
                server.bind(wanted, BACKLOG);
                server.configureBlocking(false);
                server.register(selector, SelectionKey.OP_ACCEPT);
                return new SocketTransport(selector, server, links, clock, notes);
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /** Why all goes by TCP though more was wanted; empty if there is nothing to tell. */
    public String localProblem() {
        return localProblem;
    }

    @Override
    public String host() {
        return address.getHostString();
    }

    @Override
    public int port() {
        return address.getPort();
    }

    @Override
    public ByteStream dial(LinkAddress to) throws IOException {
        if (local != null && to.host().equals(host())) {
            ByteStream stream = local.dial(to, waits);
            if (stream != null) {
                return stream;
            }
        }
        InetSocketAddress peer = new InetSocketAddress(to.host(), to.port());
        if (peer.isUnresolved()) {
            throw new IOException("host " + to.host() + " has no address");
        }
        SocketChannel channel = SocketChannel.open();
        try {
            prepare(channel);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            boolean connected = channel.connect(peer);
            return stream(channel, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public ByteStream accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return local == null ? null : local.accept(waits);
        }
        try {
            prepare(channel);
            return stream(channel, SelectionKey.OP_READ);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
    }

    private ByteStream stream(SocketChannel channel, int operations) throws IOException {
        return new SocketStream(channel, channel.register(selector, operations));
    }

    @Override
    public void await(long timeoutNs) throws IOException {
        waitLock.lock();
        try {
            boolean mayWait = timeoutNs > 0 && waits.begin();
            if (mayWait) {
                selector.select(SocketTransport::ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNs)));
            } else {
                selector.selectNow(SocketTransport::ready);
            }
        } catch (ClosedSelectorException e) {
            throw new IOException("the data endpoint " + address + " is closed", e);
        } finally {
            waits.end();
            waitLock.unlock();
        }
    }

    /**
     * Which channel is ready is found by reading it: a link's reader finds nothing in under a microsecond. Only a doorbell is
     * read here, since nobody else does.
     */
    private static void ready(SelectionKey key) {
        if (key.attachment() instanceof LocalStream stream) {
            stream.answerBell();
        }
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() {
        if (local != null) {
            local.close();
        }
        closeQuietly(server);
        closeQuietly(selector);
    }

    static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException unused) {
            // What was not acknowledged is kept above: closing has nothing to lose and nobody to tell.
        }
    }

    @Override
    public String toString() {
        return "SocketTransport[" + address + (local == null ? "" : " " + local) + "]";
    }
}
