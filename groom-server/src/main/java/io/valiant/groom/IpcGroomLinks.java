package io.valiant.groom;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.groom.rpc.GroomRpcServer;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.MasterProtocol;
import io.valiant.protocol.ipc.IpcConnections;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The links of a real groom: Hadoop IPC to and from its master. */
final class IpcGroomLinks implements GroomLinks {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

    private final HostPort masterAddress;
    private final IpcConnections connections;

    // by the thread that starts, then by the one that closes
    private GroomRpcServer worker;

    IpcGroomLinks(GroomSetup setup) {
        this.masterAddress = setup.configuration().get(Keys.MASTER_RPC_ADDRESS);
        Duration call = setup.callTimeout();
        this.connections =
                new IpcConnections("groom", call.compareTo(LONGEST_CONNECT) < 0 ? call : LONGEST_CONNECT, call);
    }

    @Override
    public OptionalInt startWeb(HostPort bind, Supplier<GroomSnapshot> snapshot) {
        return OptionalInt.empty();
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
    }
}
