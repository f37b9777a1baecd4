package io.valiant.protocol.ipc;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.proto.Calls;
import io.valiant.time.Clock;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.ipc.ProtobufRpcEngine2;
import org.apache.hadoop.ipc.ProtobufRpcEngineCallback2;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.thirdparty.protobuf.BlockingService;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Hadoop IPC server with one or more protocols on one port. Handlers translate and hand over; answers come later. */
public final class IpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IpcServer.class);

    /** Handlers never wait, so few are enough. */
    private static final int HANDLERS = 4;

    /**
     * A protocol and who serves it.
     *
     * @param protocol annotated with its name and version
     * @param service made by the generated {@code newReflectiveBlockingService}
     */
    public record Endpoint(Class<?> protocol, BlockingService service) {}

    /** The call that the handler's thread begins; the answer comes in another thread. */
    private static final ThreadLocal<Timed> BEGUN = new ThreadLocal<>();

    private final String key;
    private final HostPort bind;
    private final List<Endpoint> endpoints;
    private volatile RPC.Server server;

    /**
     * @param key the configuration key of its address, for messages
     * @param bind where to listen; port 0: the system chooses
     * @param endpoints at least one
     */
    public IpcServer(String key, HostPort bind, List<Endpoint> endpoints) {
        this.key = Objects.requireNonNull(key, "key");
        this.bind = Objects.requireNonNull(bind, "bind");
        this.endpoints = List.copyOf(endpoints);
    }

    /** Binds and serves; throws USER where the address cannot be bound. */
    public void start() throws BspException {
        try {
            Endpoint first = endpoints.get(0);
            RPC.Server made = new RPC.Builder(IpcSettings.forServer())
                    .setProtocol(first.protocol())
                    .setInstance(first.service())
                    .setBindAddress(bind.host())
                    .setPort(bind.port())
                    .setNumHandlers(HANDLERS)
                    .build();
            for (Endpoint other : endpoints.subList(1, endpoints.size())) {
                made.addProtocol(RPC.RpcKind.RPC_PROTOCOL_BUFFER, other.protocol(), other.service());
            }
            made.start();
            server = made;
        } catch (BindException e) {
            throw BspException.user(
                    "%s = %s cannot be bound (%s): stop the process that has it, or set another address",
                    key, bind, bindProblem(e));
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER, key + " = " + bind + " cannot be served: " + e.getMessage(), e);
        }
    }

    private static String bindProblem(BindException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? "in use" : root.getMessage().toLowerCase(java.util.Locale.ROOT);
    }

    /** The port it listens on; after {@link #start()}. */
    public int port() {
        return server.getListenerAddress().getPort();
    }

    /** Stops listening; calls not yet answered are not answered. */
    @Override
    public void close() {
        RPC.Server running = server;
        if (running != null) {
            running.stop();
        }
    }

    /** Who called, in a handler's thread: the user's short name. */
    public static String caller() {
        UserGroupInformation user = RPC.Server.getRemoteUser();
        return user == null ? "" : user.getShortUserName();
    }

    /** A call of which it is told how long it took. */
    private record Timed(CallTimes times, Clock clock, String method, long beganNs) {
        void ended() {
            times.call(method, clock.nanoTime() - beganNs);
        }
    }

    /** The same service, whose calls are timed. */
    public static BlockingService timed(BlockingService service, Clock clock, CallTimes times) {
        return new TimedService(
                service, method -> BEGUN.set(new Timed(times, clock, method, clock.nanoTime())), BEGUN::remove);
    }

    /**
     * In a handler's thread: starts a call and answers when its future ends, whoever ends it.
     *
     * @param call reads the request, starts the work; IllegalArgumentException is the caller's mistake
     * @param body the message for the answer
     * @return null, which is what a handler returns that answers later
     */
    public static <T> Calls.Answer later(
            Supplier<CompletableFuture<T>> call, Function<? super T, ? extends MessageLite> body) {
        ProtobufRpcEngineCallback2 callback = ProtobufRpcEngine2.Server.registerForDeferredResponse2();
        Timed timed = BEGUN.get();
        CompletableFuture<T> result;
        try {
            result = call.get();
        } catch (IllegalArgumentException e) {
            result = CompletableFuture.failedFuture(ErrorCode.BAD_REQUEST.with(e.getMessage()));
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<?> unused = result.thenApply(value -> Calls.Answer.newBuilder()
                        .setBody(body.apply(value).toByteString())
                        .build())
                .exceptionally(IpcServer::refusal)
                .whenComplete((answer, failure) -> {
                    if (timed != null) {
                        timed.ended();
                    }
                })
                .thenAccept(callback::setResponse)
                .exceptionally(e -> {
                    LOG.warn("an answer could not be sent: {}", e.toString());
                    return null;
                });
        return null;
    }

    private static Calls.Answer refusal(Throwable failure) {
        CallException e = CallException.of(failure);
        if (e.code() == ErrorCode.INTERNAL) {
            LOG.error("a call failed", failure);
        }
        return Calls.Answer.newBuilder()
                .setFailure(
                        Calls.Failure.newBuilder().setCode(e.code().code()).setMessage(String.valueOf(e.getMessage())))
                .build();
    }
}
