package io.valiant.groom.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.config.HostPort;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.ipc.IpcConnections;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroomRpcServerTest {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("j"), 0, 1);

    private final FakeGroom groom = new FakeGroom();
    private final GroomRpcServer server = new GroomRpcServer(new HostPort("127.0.0.1", 0), groom);
    private final IpcConnections connections =
            new IpcConnections("test", Duration.ofSeconds(2), Duration.ofSeconds(20));
    private GroomProtocol client;

    /** Keeps directives until the test answers; has one log of three bytes. */
    private static final class FakeGroom implements GroomProtocol {
        private final LinkedBlockingQueue<DirectiveBatch> batches = new LinkedBlockingQueue<>();
        private final CompletableFuture<DirectiveReply> reply = new CompletableFuture<>();

        @Override
        public CompletableFuture<String> threads(AttemptId attempt) {
            return CompletableFuture.completedFuture("stacks of " + attempt);
        }

        @Override
        public CompletableFuture<DirectiveReply> direct(DirectiveBatch batch) {
            batches.add(batch);
            return reply;
        }

        @Override
        public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
            return attempt.equals(ATTEMPT)
                    ? CompletableFuture.completedFuture(
                            new LogChunk(offset, ByteBuffer.wrap(new byte[] {1, -2, 3}, 1, 2), 3))
                    : CompletableFuture.failedFuture(ErrorCode.LOG_NOT_FOUND.with("no log of " + attempt));
        }
    }

    @BeforeEach
    void start() throws Exception {
        server.start();
        client = connections.groom(new HostPort("127.0.0.1", server.port()));
    }

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @Test
    void directivesArriveAndAreAnsweredWhenApplied() throws Exception {
        DirectiveBatch batch = new DirectiveBatch(1, 2, 3, List.of(new Directive.KillAttempt(ATTEMPT, true, "fenced")));
        CompletableFuture<DirectiveReply> answered = client.direct(batch);
        assertThat(groom.batches.poll(20, TimeUnit.SECONDS)).isEqualTo(batch);
        assertThat(answered).isNotDone();
        groom.reply.complete(new DirectiveReply(true, 3));
        assertThat(answered.get()).isEqualTo(new DirectiveReply(true, 3));
    }

    @Test
    void logsAreReadByPieces() throws Exception {
        LogChunk chunk = client.readLog(ATTEMPT, LogStream.STDOUT, 1, 10).get();
        assertThat(chunk.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {-2, 3}));
        assertThat(chunk.offset()).isEqualTo(1);
        assertThatThrownBy(() -> client.readLog(new AttemptId(new JobId("k"), 0, 1), LogStream.STDOUT, 0, 1)
                        .get())
                .isInstanceOf(ExecutionException.class)
                .satisfies(e -> assertThat(CallException.of(e))
                        .hasMessage("no log of k_t0_a1")
                        .returns(ErrorCode.LOG_NOT_FOUND, CallException::code));
    }
}
