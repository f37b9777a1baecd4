package io.valiant.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * TCP, without delay. The selector is only for waiting: inside a short barrier the owner reads the channels themselves,
 * again and again, which saves the selector's system calls and a thread switch.
 */
public final class TcpTransport implements Transport {
    private static final int BACKLOG = 1024;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final InetSocketAddress address;

    private TcpTransport(Selector selector, ServerSocketChannel server, InetSocketAddress address) {
        this.selector = selector;
        this.server = server;
        this.address = address;
    }

    /**
     * Binds an address.
     *
     * @param port 0 for any free one
     */
    public static TcpTransport bind(String host, int port) throws IOException {
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
                return new TcpTransport(selector, server, (InetSocketAddress) server.getLocalAddress());
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
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
    public ByteStream dial(String host, int port) throws IOException {
        InetSocketAddress peer = new InetSocketAddress(host, port);
        if (peer.isUnresolved()) {
            throw new IOException("host " + host + " has no address");
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
            return null;
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
        return new TcpStream(channel, channel.register(selector, operations));
    }

    @Override
    public void await(long timeoutNs) throws IOException {
        try {
            if (timeoutNs <= 0) {
                selector.selectNow(TcpTransport::pass);
            } else {
                selector.select(TcpTransport::pass, Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNs)));
            }
        } catch (ClosedSelectorException e) {
            throw new IOException("the data endpoint " + address + " is closed", e);
        }
    }

    /** Which channel is ready is found by reading it: a link's reader finds nothing in under a microsecond. */
    private static void pass(SelectionKey unusedKey) {}

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() {
        closeQuietly(server);
        closeQuietly(selector);
    }

    private static void closeQuietly(java.io.Closeable resource) {
        try {
            resource.close();
        } catch (IOException unused) {
            // What was not acknowledged is kept above: closing has nothing to lose and nobody to tell.
        }
    }

    @Override
    public String toString() {
        return "TcpTransport[" + address + "]";
    }

    private static final class TcpStream implements ByteStream {
        private final SocketChannel channel;
        private final SelectionKey key;
        private boolean connected;
        private boolean roomAwaited;

        TcpStream(SocketChannel channel, SelectionKey key) {
            this.channel = channel;
            this.key = key;
            this.connected = channel.isConnected();
        }

        @Override
        public boolean isConnected() throws IOException {
            if (!connected && channel.finishConnect()) {
                connected = true;
                key.interestOps(SelectionKey.OP_READ);
            }
            return connected;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public void write(ByteBuffer[] frames, int count) throws IOException {
            if (count == 1) {
                channel.write(frames[0]);
            } else {
                channel.write(frames, 0, count);
            }
        }

        @Override
        public void awaitRoom(boolean wanted) {
            if (wanted != roomAwaited && key.isValid()) {
                roomAwaited = wanted;
                key.interestOps(wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }
        }

        @Override
        public void close() {
            closeQuietly(channel);
        }

        @Override
        public String toString() {
            return channel.toString();
        }
    }
}
