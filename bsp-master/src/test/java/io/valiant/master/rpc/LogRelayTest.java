package io.valiant.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.AttemptId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRelayTest {
    private static final AttemptId ATTEMPT = AttemptId.parse("job_100000_t0_a1");

    private final FakeMaster master = new FakeMaster();

    /** A groom that refuses everything. */
    private record Refusing(ErrorCode code) implements GroomProtocol {
        private <T> CompletableFuture<T> refused() {
            return CompletableFuture.failedFuture(code.with("no"));
        }

        @Override
        public CompletableFuture<DirectiveReply> direct(DirectiveBatch batch) {
            return refused();
        }

        @Override
        public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
            return refused();
        }

        @Override
        public CompletableFuture<String> threads(AttemptId attempt) {
            return refused();
        }
    }

    private static CallException failureOf(CompletableFuture<?> answer) throws InterruptedException {
        try {
            throw new AssertionError("answered " + answer.get());
        } catch (ExecutionException e) {
            return CallException.of(e);
        }
    }

    /** The caller reached the master; calling again at once would bring nothing. */
    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, GROOM_UNREACHABLE",
        "TIMED_OUT, GROOM_UNREACHABLE",
        "LOG_NOT_FOUND, LOG_NOT_FOUND",
        "ATTEMPT_ENDED, ATTEMPT_ENDED"
    })
    void aGroomThatDoesNotAnswerIsNotAMasterThatIsAway(ErrorCode said, ErrorCode told) throws Exception {
        master.snapshot = FakeMaster.snapshot(1, "127.0.0.1:4711");
        LogRelay relay = new LogRelay(master, address -> new Refusing(said));
        for (CompletableFuture<?> answer :
                java.util.List.of(relay.read(ATTEMPT, LogStream.STDOUT, 0, 1), relay.threads(ATTEMPT))) {
            CallException e = failureOf(answer);
            assertThat(e.code()).isEqualTo(told);
            if (told == ErrorCode.GROOM_UNREACHABLE) {
                assertThat(e.getMessage()).contains("job_100000_t0_a1", "groom g1", "ACTIVE", "127.0.0.1:4711");
            }
        }
    }
}
