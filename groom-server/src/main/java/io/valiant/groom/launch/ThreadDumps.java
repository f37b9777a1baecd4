package io.valiant.groom.launch;

import io.valiant.id.AttemptId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes thread dumps, one of an attempt at a time: who asks while one is taken gets that, however many ask. Safe in any thread.
 */
final class ThreadDumps {
    private final Executor workers;
    private final Map<AttemptId, CompletableFuture<String>> beingTaken = new ConcurrentHashMap<>();

    /** @param workers take them, which blocks for seconds */
    ThreadDumps(Executor workers) {
        this.workers = workers;
    }

    /** Takes one. */
    interface Taker {
        String take() throws IOException, InterruptedException, CallException;
    }

    /**
     * The dump of an attempt, by the taker if none is being taken. The future may be completed in a worker's thread, by a
     * {@link CallException} where there is no dump.
     */
    CompletableFuture<String> of(AttemptId attempt, Taker taker) {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> others = beingTaken.putIfAbsent(attempt, mine);
        if (others != null) {
            return others.copy();
        }
        // who cancels a copy takes it from nobody else
        CompletableFuture<String> answer = mine.copy();
        try {
            workers.execute(() -> take(attempt, taker, mine));
        } catch (RejectedExecutionException e) {
            fail(attempt, mine, new CallException(ErrorCode.NO_THREAD_DUMP, "the groom is stopping", e));
        }
        return answer;
    }

    private void take(AttemptId attempt, Taker taker, CompletableFuture<String> answer) {
        try {
            String dump = taker.take();
            beingTaken.remove(attempt, answer);
            answer.complete(dump);
        } catch (CallException e) {
            fail(attempt, answer, e);
        } catch (IOException e) {
            String why = "the stacks of " + attempt + " cannot be had: " + e.getMessage();
            fail(attempt, answer, new CallException(ErrorCode.NO_THREAD_DUMP, why, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(attempt, answer, new CallException(ErrorCode.NO_THREAD_DUMP, "the groom is stopping", e));
        } catch (RuntimeException | Error e) {
            // who asked would wait for ever
            fail(attempt, answer, e);
            throw e;
        }
    }

    private void fail(AttemptId attempt, CompletableFuture<String> answer, Throwable why) {
        beingTaken.remove(attempt, answer);
        answer.completeExceptionally(why);
    }
}
