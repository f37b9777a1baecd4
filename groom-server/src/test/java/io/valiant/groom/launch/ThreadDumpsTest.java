package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.id.AttemptId;
import io.valiant.protocol.ErrorCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** How many dumps are taken, by workers that work when told to. */
class ThreadDumpsTest {
    private static final AttemptId ATTEMPT = AttemptId.parse("job_c1_7_t0_a1");
    private static final AttemptId OTHER = AttemptId.parse("job_c1_7_t1_a1");

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final ThreadDumps dumps = new ThreadDumps(work::add);
    private int taken;

    private CompletableFuture<String> ask(AttemptId attempt) {
        return dumps.of(attempt, () -> attempt + " " + ++taken);
    }

    @Test
    void whoAsksWhileOneIsTakenGetsThat() {
        CompletableFuture<String> first = ask(ATTEMPT);
        CompletableFuture<String> second = ask(ATTEMPT);
        CompletableFuture<String> other = ask(OTHER);
        assertThat(work).hasSize(2);
        work.remove().run();
        assertThat(first).isCompletedWithValue(ATTEMPT + " 1");
        assertThat(second).isCompletedWithValue(ATTEMPT + " 1");
        assertThat(other).isNotDone();
        CompletableFuture<String> later = ask(ATTEMPT);
        work.remove().run();
        assertThat(other).isCompletedWithValue(OTHER + " 2");
        work.remove().run();
        assertThat(later).isCompletedWithValue(ATTEMPT + " 3");
    }

    @Test
    void whoGivesUpTakesItFromNobodyElse() {
        assertThat(ask(ATTEMPT).cancel(true)).isTrue();
        CompletableFuture<String> second = ask(ATTEMPT);
        work.remove().run();
        assertThat(second).isCompletedWithValue(ATTEMPT + " 1");
    }

    @Test
    void afterAFailureTheNextIsTakenAnew() {
        CompletableFuture<String> failed = dumps.of(ATTEMPT, () -> {
            throw new IOException("disk full");
        });
        work.remove().run();
        assertThatThrownBy(failed::join).hasMessageContaining("disk full");
        CompletableFuture<String> stopped = dumps.of(ATTEMPT, () -> {
            throw ErrorCode.NO_THREAD_DUMP.with("it is stopped");
        });
        work.remove().run();
        assertThatThrownBy(stopped::join).hasMessageContaining("it is stopped");
        CompletableFuture<String> broken = dumps.of(ATTEMPT, () -> {
            throw new IllegalStateException("a bug");
        });
        assertThatThrownBy(() -> work.remove().run()).hasMessage("a bug");
        assertThatThrownBy(broken::join).hasMessageContaining("a bug");
        CompletableFuture<String> next = ask(ATTEMPT);
        work.remove().run();
        assertThat(next).isCompletedWithValue(ATTEMPT + " 1");
    }

    @Test
    void aGroomThatStopsSaysSo() {
        ThreadDumps stopping = new ThreadDumps(task -> {
            throw new RejectedExecutionException();
        });
        assertThatThrownBy(() -> stopping.of(ATTEMPT, () -> "dump").join()).hasMessageContaining("is stopping");
    }
}
