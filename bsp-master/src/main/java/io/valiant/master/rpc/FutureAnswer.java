package io.valiant.master.rpc;

import io.valiant.protocol.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An answer as a future.
 *
 * @param <T> the result
 */
public final class FutureAnswer<T> implements Answer<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();

    /** Makes a call whose answer is wanted as a future. */
    public static <T> CompletableFuture<T> of(Consumer<Answer<T>> call) {
        FutureAnswer<T> answer = new FutureAnswer<>();
        call.accept(answer);
        return answer.future;
    }

    @Override
    public void done(T result) {
        future.complete(result);
    }

    @Override
    public void refused(String code, String message) {
        // a word that is not listed is the caller's mistake all the same
        future.completeExceptionally(
                ErrorCode.find(code).orElse(ErrorCode.BAD_REQUEST).with(message));
    }
}
