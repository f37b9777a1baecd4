package io.valiant.transport;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The addresses of one local job's peers; two jobs have two networks. Any thread. */
public final class MemoryNetwork {
    static final String HOST = "memory";

    private final ConcurrentSkipListMap<Integer, MemoryTransport> transports = new ConcurrentSkipListMap<>();
    private final AtomicInteger ports = new AtomicInteger();

    /** A new address. */
    public MemoryTransport bind() {
        MemoryTransport transport = new MemoryTransport(this, ports.incrementAndGet());
        transports.put(transport.port(), transport);
        return transport;
    }

    MemoryTransport at(int port) {
        return transports.get(port);
    }

    void remove(int port) {
        transports.remove(port);
    }
}
