package io.valiant.protocol;

import io.valiant.id.AttemptId;
import java.util.concurrent.CompletableFuture;

/** What a master asks of a groom's worker server. No method waits; safe in any thread. */
public interface GroomProtocol {
    /** Pushes directives; a failed future means: not answered, heartbeats repeat them. */
    CompletableFuture<DirectiveReply> direct(DirectiveBatch batch);

    /** A piece of what an attempt on this groom wrote. {@link ErrorCode#LOG_NOT_FOUND}. */
    CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length);

    /**
     * The stacks of all threads of a child JVM of this groom. {@link ErrorCode#ATTEMPT_ENDED}, {@link
     * ErrorCode#NO_THREAD_DUMP}.
     */
    CompletableFuture<String> threads(AttemptId attempt);
}
