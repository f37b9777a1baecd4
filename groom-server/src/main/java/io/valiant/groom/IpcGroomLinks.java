package io.valiant.groom;

import io.valiant.bsp.BspException;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.groom.rpc.GroomRpcServer;
import io.valiant.groom.web.GroomWeb;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.MasterProtocol;
import io.valiant.protocol.ipc.IpcConnections;
import io.valiant.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links of a real groom: Hadoop IPC to and from its master. */
final class IpcGroomLinks implements GroomLinks {
    private static final Logger LOG = LoggerFactory.getLogger(IpcGroomLinks.class);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

    private final Clock clock;
    private final BspConfiguration configuration;
    private final HostPort masterAddress;
    private final IpcConnections connections;

    // by the thread that starts, then by the one that closes
    private GroomWeb web;
    private GroomRpcServer worker;

    IpcGroomLinks(GroomSetup setup, Clock clock) {
        this.clock = clock;
        this.configuration = setup.configuration();
        this.masterAddress = setup.configuration().get(Keys.MASTER_RPC_ADDRESS);
        Duration call = setup.callTimeout();
        this.connections =
                new IpcConnections("groom", call.compareTo(LONGEST_CONNECT) < 0 ? call : LONGEST_CONNECT, call);
    }

    @Override
    public int startWeb(HostPort bind, Supplier<GroomSnapshot> snapshot, Supplier<GroomProtocol> calls)
            throws BspException {
        web = new GroomWeb(bind, snapshot, calls, configuration, clock);
        try {
            return web.start().getPort();
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER, Keys.GROOM_HTTP_ADDRESS.name() + " = " + bind + ": " + e.getMessage(), e);
        }
    }

    @Override
    public int startWorker(HostPort bind, GroomProtocol calls) throws BspException {
        worker = new GroomRpcServer(bind, calls);
        worker.start();
        return worker.port();
    }

    @Override
    public MasterProtocol master() {
        return connections.master(masterAddress);
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
        connections.close();
        if (web != null) {
            try {
                web.close();
            } catch (IOException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
    }
}
