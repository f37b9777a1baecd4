package io.valiant.protocol.ipc;

import io.valiant.config.HostPort;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.proto.Calls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.ipc.Client;
import org.apache.hadoop.ipc.ProtobufRpcEngine2;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.Message;
import org.apache.hadoop.thirdparty.protobuf.Parser;
import org.apache.hadoop.util.concurrent.AsyncGet;

/**
 * One protocol at one address. Calls are sent in the order they are made, by one thread of the pool at a time: sending may
 * wait for a connection. Answers come in a thread of the connection.
 *
 * @param <P> the protocol as Hadoop IPC wants it
 */
final class Channel<P> {
    /** Sends one request; in asynchronous mode the result is null and the answer comes by a future. */
    @FunctionalInterface
    interface Request<P> {
        Calls.Answer send(P proxy) throws Exception;
    }

    private final Class<P> protocol;
    private final String whom;
    private final HostPort address;
    private final Configuration conf;
    private final int callTimeoutMs;
    private final Executor pool;

    // guarded by this
    private final ArrayDeque<Runnable> toSend = new ArrayDeque<>();
    private boolean sending;

    // used by the sending task only; visible by the lock taken between tasks
    private P proxy;

    /**
     * @param whom what is there, for messages: {@code master}, {@code groom}
     * @param callTimeoutMs for each call; a connection with calls under way that is silent for twice as long is given up
     */
    Channel(Class<P> protocol, String whom, HostPort address, Configuration conf, int callTimeoutMs, Executor pool) {
        this.protocol = protocol;
        this.whom = whom;
        this.address = address;
        this.conf = conf;
        this.callTimeoutMs = callTimeoutMs;
        this.pool = pool;
    }

    /**
     * Makes a call.
     *
     * @param body how the answer's body is read
     * @param translate the body to a record; IllegalArgumentException: not understood
     */
    <M extends Message, T> CompletableFuture<T> call(Request<P> request, Parser<M> body, Function<M, T> translate) {
        CompletableFuture<Calls.Answer> answer = new CompletableFuture<>();
        enqueue(() -> send(request, answer));
        return answer.orTimeout(callTimeoutMs, TimeUnit.MILLISECONDS).handle((came, failure) -> {
            if (failure != null) {
                throw new CompletionException(explain(CallException.unwrap(failure)));
            }
            return open(came, body, translate);
        });
    }

    private void enqueue(Runnable task) {
        synchronized (this) {
            toSend.add(task);
            if (sending) {
                return;
            }
            sending = true;
        }
        pool.execute(this::sendAll);
    }

    private void sendAll() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = toSend.poll();
                if (next == null) {
                    sending = false;
                    return;
                }
            }
            next.run();
        }
    }

    /** Never throws: what goes wrong goes to the answer. */
    private void send(Request<P> request, CompletableFuture<Calls.Answer> answer) {
        if (answer.isDone()) {
            return;
        }
        try {
            Client.setAsynchronousMode(true);
            request.send(proxy());
            CompletableFuture<Writable> arrived = Client.getResponseFuture();
            AsyncGet<Message, Exception> message = ProtobufRpcEngine2.getAsyncReturnMessage();
            CompletableFuture<?> unused = arrived.whenComplete((bytes, failure) -> complete(answer, message, failure));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    private static void complete(
            CompletableFuture<Calls.Answer> answer, AsyncGet<Message, Exception> message, Throwable failure) {
        if (failure != null) {
            answer.completeExceptionally(failure);
            return;
        }
        try {
            answer.complete((Calls.Answer) message.get(0, TimeUnit.NANOSECONDS));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    private P proxy() throws IOException {
        if (proxy == null) {
            InetSocketAddress resolved = address.resolve();
            proxy = RPC.getProxy(
                    protocol,
                    RPC.getProtocolVersion(protocol),
                    resolved,
                    UserGroupInformation.getCurrentUser(),
                    conf,
                    NetUtils.getDefaultSocketFactory(conf),
                    // the connection outlives a call that is late: others' calls are on it; silent for twice as long it
                    // is dead
                    (int) Math.min(Integer.MAX_VALUE, 2L * callTimeoutMs));
        }
        return proxy;
    }

    private <M extends Message, T> T open(Calls.Answer answer, Parser<M> body, Function<M, T> translate) {
        switch (answer.getOutcomeCase()) {
            case FAILURE -> throw new CompletionException(refusal(answer.getFailure()));
            case BODY -> {
                try {
                    return translate.apply(body.parseFrom(answer.getBody()));
                } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                    throw new CompletionException(new CallException(
                            ErrorCode.VERSION,
                            "the " + whom + " at " + address + " answered what is not understood here: "
                                    + e.getMessage() + "; use the same version on both sides",
                            e));
                }
            }
            case OUTCOME_NOT_SET ->
                throw new CompletionException(
                        ErrorCode.VERSION.with("the " + whom + " at " + address + " gave an empty answer"));
        }
        throw new AssertionError(answer.getOutcomeCase());
    }

    private static CallException refusal(Calls.Failure failure) {
        // a word of a newer version is a refusal all the same
        return ErrorCode.find(failure.getCode()).orElse(ErrorCode.BAD_REQUEST).with(failure.getMessage());
    }

    private CallException explain(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new CallException(
                    ErrorCode.TIMED_OUT,
                    "the " + whom + " at " + address + " gave no answer within " + callTimeoutMs + " ms",
                    failure);
        }
        return Failures.explain(whom, address, failure);
    }

    /** Gives up the connection. */
    void close() {
        enqueue(() -> {
            if (proxy != null) {
                RPC.stopProxy(proxy);
                proxy = null;
            }
        });
    }
}
