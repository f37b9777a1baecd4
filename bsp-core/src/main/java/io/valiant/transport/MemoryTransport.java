package io.valiant.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Links between peers of one JVM: two {@link ByteRing}s a connection, and parking. Made by {@link MemoryNetwork}. */
public final class MemoryTransport implements Transport {
    private final MemoryNetwork network;
    private final int port;
    private final ConcurrentLinkedQueue<MemoryStream> arrivals = new ConcurrentLinkedQueue<>();
    private final CopyOnWriteArrayList<MemoryStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    /** One waits at a time, as with a selector: an owner that has lost the links may still be on its way out. */
    private final ReentrantLock waitLock = new ReentrantLock();

    private volatile Thread waiting;

    MemoryTransport(MemoryNetwork network, int port) {
        this.network = network;
        this.port = port;
    }

    @Override
    public String host() {
        return MemoryNetwork.HOST;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public ByteStream dial(LinkAddress to) throws IOException {
        MemoryTransport peer = network.at(to.port());
        if (peer == null) {
            throw new IOException("nobody at " + to.host() + ":" + to.port());
        }
        int ringBytes = network.ringBytes();
        ByteRing there = new ByteRing(ringBytes);
        ByteRing back = new ByteRing(ringBytes);
        MemoryStream stream = new MemoryStream(this, peer, back, there);
        streams.add(stream);
        peer.arrivals.add(new MemoryStream(peer, this, there, back));
        peer.signal();
        return stream;
    }

    @Override
    public ByteStream accept() {
        MemoryStream stream = arrivals.poll();
        if (stream != null) {
            streams.add(stream);
        }
        return stream;
    }

    @Override
    public void await(long timeoutNs) {
        waitLock.lock();
        try {
            waiting = Thread.currentThread();
            if (timeoutNs > 0 && !woken.get() && !isReady()) {
                LockSupport.parkNanos(this, timeoutNs);
            }
        } finally {
            waiting = null;
            woken.set(false);
            waitLock.unlock();
        }
    }

    private boolean isReady() {
        if (!arrivals.isEmpty()) {
            return true;
        }
        for (MemoryStream stream : streams) {
            if (stream.isReady()) {
                return true;
            }
        }
        return false;
    }

    /** A stream's other end has done something that this side may wait for. */
    private void signal() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void wakeUp() {
        woken.set(true);
        signal();
    }

    @Override
    public void close() {
        network.remove(port);
        for (MemoryStream stream = arrivals.poll(); stream != null; stream = arrivals.poll()) {
            stream.close();
        }
    }

    private static final class MemoryStream implements ByteStream {
        private final MemoryTransport self;
        private final MemoryTransport peer;
        private final ByteRing in;
        private final ByteRing out;
        private volatile boolean roomAwaited;

        MemoryStream(MemoryTransport self, MemoryTransport peer, ByteRing in, ByteRing out) {
            this.self = self;
            this.peer = peer;
            this.in = in;
            this.out = out;
        }

        boolean isReady() {
            return in.isReadable() || (roomAwaited && out.hasRoom());
        }

        @Override
        public boolean isSafe() {
            return true;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public int read(ByteBuffer into) {
            int count = in.read(into);
            if (count > 0) {
                peer.signal();
            }
            return count;
        }

        @Override
        public void write(ByteBuffer[] frames, int count) throws IOException {
            if (out.isClosed()) {
                throw new IOException("closed by the other end");
            }
            for (int i = 0; i < count; i++) {
                out.write(frames[i]);
                if (frames[i].hasRemaining()) {
                    break;
                }
            }
            peer.signal();
        }

        @Override
        public void awaitRoom(boolean wanted) {
            roomAwaited = wanted;
        }

        @Override
        public void close() {
            in.close();
            out.close();
            self.streams.remove(this);
            peer.signal();
        }
    }
}
