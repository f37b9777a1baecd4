package io.valiant.protocol.ipc;

import io.valiant.config.HostPort;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.MasterProtocol;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;

/**
 * The calling side of a process: clients of the protocols by address. Connections are made when first needed, given up when
 * idle and made anew when broken; a call that fails is never repeated here. Safe in any thread.
 */
public final class IpcConnections implements AutoCloseable {
    private static final int MAX_SENDERS = 16;

    private final Configuration conf;
    private final int callTimeoutMs;
    private final ThreadPoolExecutor pool;
    private final ConcurrentHashMap<HostPort, Channel<ClientPB>> clients = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<HostPort, Channel<MasterPB>> masters = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<HostPort, Channel<GroomPB>> grooms = new ConcurrentHashMap<>();

    /**
     * @param name of the sending threads
     * @param connectTimeout for one connection
     * @param callTimeout from the call to its answer, connecting included
     */
    public IpcConnections(String name, Duration connectTimeout, Duration callTimeout) {
        this.conf = IpcSettings.forClient(Math.toIntExact(connectTimeout.toMillis()));
        this.callTimeoutMs = Math.toIntExact(callTimeout.toMillis());
        AtomicInteger number = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                MAX_SENDERS, MAX_SENDERS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-send-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** A master, as its clients see it. */
    public ClientProtocol client(HostPort master) {
        return new ClientCalls(
                clients.computeIfAbsent(master, a -> channel(ClientPB.class, "master", a)), callTimeoutMs);
    }

    /** A master, as its grooms see it. */
    public MasterProtocol master(HostPort master) {
        return new MasterCalls(masters.computeIfAbsent(master, a -> channel(MasterPB.class, "master", a)));
    }

    /** A groom, as its master sees it. */
    public GroomProtocol groom(HostPort groom) {
        return new GroomCalls(grooms.computeIfAbsent(groom, a -> channel(GroomPB.class, "groom", a)));
    }

    private <P> Channel<P> channel(Class<P> protocol, String whom, HostPort address) {
        return new Channel<>(protocol, whom, address, conf, callTimeoutMs, pool);
    }

    /** Gives up all connections; calls under way fail, at the latest by their time-out. */
    @Override
    public void close() {
        clients.values().forEach(Channel::close);
        masters.values().forEach(Channel::close);
        grooms.values().forEach(Channel::close);
        pool.shutdown();
    }
}
