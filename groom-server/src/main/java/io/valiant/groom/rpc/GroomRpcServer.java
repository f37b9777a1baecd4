package io.valiant.groom.rpc;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.id.AttemptId;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.ipc.ClientMessages;
import io.valiant.protocol.ipc.GroomPB;
import io.valiant.protocol.ipc.IpcServer;
import io.valiant.protocol.ipc.MasterMessages;
import io.valiant.protocol.proto.Calls.Answer;
import io.valiant.protocol.proto.Calls.AttemptRequest;
import io.valiant.protocol.proto.Calls.LogRequest;
import io.valiant.protocol.proto.Grooms;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.thirdparty.protobuf.RpcController;

/** The groom's worker server: directives and logs. */
public final class GroomRpcServer implements AutoCloseable {
    private final IpcServer server;

    /**
     * @param bind where to listen; port 0: the system chooses
     * @param calls who answers; called in handler threads, must not wait in them
     */
    public GroomRpcServer(HostPort bind, GroomProtocol calls) {
        this.server = new IpcServer(
                Keys.GROOM_RPC_ADDRESS.name(),
                bind,
                List.of(new IpcServer.Endpoint(
                        GroomPB.class, Grooms.GroomService.newReflectiveBlockingService(new Handler(calls)))));
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

    /** Translates the master's calls. */
    private static final class Handler implements Grooms.GroomService.BlockingInterface {
        private final GroomProtocol calls;

        private Handler(GroomProtocol calls) {
            this.calls = calls;
        }

        @Override
        public Answer direct(RpcController controller, Grooms.DirectiveBatch request) {
            return IpcServer.later(() -> calls.direct(MasterMessages.read(request)), MasterMessages::write);
        }

        @Override
        public Answer readLog(RpcController controller, LogRequest request) {
            return IpcServer.later(() -> read(request), ClientMessages::write);
        }

        @Override
        public Answer threads(RpcController controller, AttemptRequest request) {
            return IpcServer.later(() -> calls.threads(AttemptId.parse(request.getAttempt())), ClientMessages::text);
        }

        private CompletableFuture<LogChunk> read(LogRequest request) {
            if (request.getOffset() < 0 || request.getLength() < 0) {
                return CompletableFuture.failedFuture(ErrorCode.BAD_REQUEST.with("offset " + request.getOffset()
                        + " and length " + request.getLength() + " must not be negative"));
            }
            return calls.readLog(
                    AttemptId.parse(request.getAttempt()),
                    ClientMessages.stream(request),
                    request.getOffset(),
                    Math.min(request.getLength(), LogChunk.MAX_BYTES));
        }
    }
}
