package io.valiant.transport;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The addresses of one local job's peers; two jobs have two networks. Any thread. */
public final class MemoryNetwork {
    static final String HOST = "memory";

    /** What all connections of one job take, about: a job of a hundred peers has nearly ten thousand directions. */
    private static final long ALL_RING_BYTES = 32L << 20;

    private static final long MOST_RING_BYTES = 256 << 10;
    private static final long LEAST_RING_BYTES = 4 << 10;

    private final ConcurrentSkipListMap<Integer, MemoryTransport> transports = new ConcurrentSkipListMap<>();
    private final AtomicInteger ports = new AtomicInteger();

    /** A new address. */
    public MemoryTransport bind() {
        MemoryTransport transport = new MemoryTransport(this, ports.incrementAndGet());
        transports.put(transport.port(), transport);
        return transport;
    }

    /** Room for each direction of a connection: less where many peers are connected, each with each. A power of two. */
    int ringBytes() {
        long peers = Math.max(1, ports.get());
        long share = Long.highestOneBit(Math.max(1, ALL_RING_BYTES / (peers * peers)));
        return (int) Math.max(LEAST_RING_BYTES, Math.min(MOST_RING_BYTES, share));
    }

    MemoryTransport at(int port) {
        return transports.get(port);
    }

    void remove(int port) {
        transports.remove(port);
    }
}
