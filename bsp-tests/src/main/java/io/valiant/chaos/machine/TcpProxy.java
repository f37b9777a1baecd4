package io.valiant.chaos.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server and does to their connections what a bad network does: delay, silence one way or
 * both (bytes are kept and go on when it ends, as TCP sends again), loss of whole connections. What is lost when is drawn
 * from a seed. Its threads are daemons; all methods may be called from any thread.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int CONNECT_MS = 5_000;
    private static final long LOOK_MS = 5;

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private volatile long delayMs;
    private volatile boolean toServerSilent;
    private volatile boolean toClientSilent;
    /** Bytes behind whose passing nothing goes to clients any more; null: none are looked for. */
    private volatile byte[] last;

    private volatile boolean closed;
    private final AtomicLong lost = new AtomicLong();

    /** Bytes under way; null for the end of them. */
    private static final class Chunk {
        private final long dueNs;
        private final byte[] bytes;

        Chunk(long dueNs, byte[] bytes) {
            this.dueNs = dueNs;
            this.bytes = bytes;
        }
    }

    private record Pair(Socket client, Socket server) {
        /** As a reset: nothing that is under way arrives. */
        void cut() {
            reset(client);
            reset(server);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // It had been closed by its other end, which is what was wanted.
                return;
            }
        }
    }

    private TcpProxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    /** Listens on an address (port 0: a free one) and passes everything on to the target. */
    public static TcpProxy start(InetSocketAddress listen, InetSocketAddress target) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(listen);
        TcpProxy proxy = new TcpProxy(server, target);
        thread("proxy-accept", proxy::accept);
        return proxy;
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Everything arrives so much later. */
    public void delay(long ms) {
        delayMs = ms;
    }

    /** From now on nothing arrives in these directions, without a word to either end. */
    public void silence(boolean toServer, boolean toClient) {
        toServerSilent = toServer;
        toClientSilent = toClient;
    }

    /** As soon as a client has sent these bytes, in one piece, nothing arrives at clients: what they ask for is lost. */
    public void silenceAnswersAfter(byte[] sent) {
        last = sent.clone();
    }

    /** Cuts every connection there is. */
    public void cutAll() {
        pairs.forEach(pair -> {
            pair.cut();
            lost.incrementAndGet();
        });
    }

    /** Until it is closed cuts a connection drawn by chance, after a time between the two. */
    public void loseConnections(long seed, long leastMs, long mostMs) {
        SplittableRandom random = new SplittableRandom(seed);
        thread("proxy-loss", () -> {
            while (!closed) {
                Waits.pause(random.nextLong(leastMs, mostMs + 1));
                List<Pair> now = new ArrayList<>(pairs);
                if (!now.isEmpty()) {
                    now.get(random.nextInt(now.size())).cut();
                    lost.incrementAndGet();
                }
            }
        });
    }

    /** How many connections have been cut. */
    public long lost() {
        return lost.get();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = server.accept();
                thread("proxy-connect", () -> join(client));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void join(Socket client) {
        Socket there = new Socket();
        Pair pair = new Pair(client, there);
        try {
            there.connect(target, CONNECT_MS);
            client.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            pairs.add(pair);
            carry(pair, client, there, true);
            carry(pair, there, client, false);
        } catch (IOException e) {
            // Nobody listens there: the client sees its connection cut.
            pair.cut();
        }
    }

    private void carry(Pair pair, Socket from, Socket to, boolean toServer) throws IOException {
        BlockingQueue<Chunk> way = new LinkedBlockingQueue<>();
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        thread("proxy-read", () -> read(in, way));
        thread("proxy-write", () -> {
            try {
                write(way, out, toServer);
                to.shutdownOutput();
            } catch (IOException e) {
                pair.cut();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                pair.cut();
            } finally {
                if (to.isClosed() || from.isClosed()) {
                    pairs.remove(pair);
                }
            }
        });
    }

    private void read(InputStream in, BlockingQueue<Chunk> way) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                byte[] bytes = Arrays.copyOf(buffer, count);
                way.add(new Chunk(Waits.nowNs() + delayMs * 1_000_000, bytes));
            }
        } catch (IOException e) {
            // Cut by either end: the other is told by the end of what came before.
            way.add(new Chunk(Waits.nowNs(), null));
            return;
        }
        way.add(new Chunk(Waits.nowNs() + delayMs * 1_000_000, null));
    }

    private void write(BlockingQueue<Chunk> way, OutputStream out, boolean toServer)
            throws IOException, InterruptedException {
        for (Chunk chunk = way.take(); chunk.bytes != null; chunk = way.take()) {
            while (Waits.nowNs() < chunk.dueNs || (toServer ? toServerSilent : toClientSilent)) {
                if (closed) {
                    throw new IOException("the proxy is closed");
                }
                Waits.pause(LOOK_MS);
            }
            byte[] awaited = last;
            if (toServer && awaited != null && contains(chunk.bytes, awaited)) {
                last = null;
                toClientSilent = true;
            }
            out.write(chunk.bytes);
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int from = 0; from + wanted.length <= bytes.length; from++) {
            if (Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        cutAll();
    }
}
