package io.valiant.master.rpc;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.ipc.CallTimes;
import io.valiant.protocol.ipc.ClientPB;
import io.valiant.protocol.ipc.IpcServer;
import io.valiant.protocol.ipc.MasterPB;
import io.valiant.protocol.proto.Clients.ClientService;
import io.valiant.protocol.proto.Grooms.MasterService;
import io.valiant.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The master's IPC server: clients and grooms on one port. */
public final class MasterRpcServer implements AutoCloseable {
    /**
     * What clients are told of the master besides its snapshot.
     *
     * @param address for clients and grooms, {@code host:port} as others use it
     * @param http for browsers, {@code host:port} as others use it
     * @param version of the software
     * @param startedAt when the process began
     * @param systemDir {@code bsp.system.dir}
     * @param configuration what holds, key by key, secrets masked
     */
    public record Facts(
            String address,
            String http,
            String version,
            Instant startedAt,
            String systemDir,
            SortedMap<String, String> configuration) {}

    private final IpcServer server;

    /**
     * @param bind where to listen; port 0: the system chooses
     * @param calls what is asked of the master
     * @param facts asked for at each call, since the ports chosen are known only after all servers have started
     * @param grooms the groom at an address: logs are fetched from there
     * @param times is told how long calls take
     */
    public MasterRpcServer(
            HostPort bind,
            MasterCalls calls,
            Supplier<Facts> facts,
            Function<HostPort, GroomProtocol> grooms,
            Clock clock,
            CallTimes times) {
        Queries queries = new Queries(calls::snapshot, facts);
        LogRelay logs = new LogRelay(calls, grooms);
        this.server = new IpcServer(
                Keys.MASTER_RPC_ADDRESS.name(),
                bind,
                List.of(
                        new IpcServer.Endpoint(
                                ClientPB.class,
                                IpcServer.timed(
                                        ClientService.newReflectiveBlockingService(
                                                new ClientHandler(calls, queries, logs, documents())),
                                        clock,
                                        times)),
                        new IpcServer.Endpoint(
                                MasterPB.class,
                                IpcServer.timed(
                                        MasterService.newReflectiveBlockingService(new GroomHandler(calls)),
                                        clock,
                                        times))));
    }

    /** One thread, there only while it has something to do, so that answers after the end need no thread left behind. */
    private static Executor documents() {
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "master-documents");
                    thread.setDaemon(true);
                    return thread;
                });
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    /** Binds and serves; throws USER where the address cannot be bound. */
    public void start() throws BspException {
        server.start();
    }

    /** The port it listens on; after {@link #start()}. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
