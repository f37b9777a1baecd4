package io.valiant.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an answer once what it tells is there. No thread waits for that, and whoever completes the future, who has better to do
 * than to write to a socket, does not: a thread of the server does.
 */
public final class Deferred {
    private static final Logger LOG = LoggerFactory.getLogger(Deferred.class);
    private static final long TIMEOUT_MS = 60_000;
    private static final int SERVICE_UNAVAILABLE = 503;

    private Deferred() {}

    /**
     * Writes what came of a call.
     *
     * @param <T> of what came
     */
    @FunctionalInterface
    public interface Writer<T> {
        /**
         * @param value what came, if {@code failure} is null
         * @param failure why nothing came
         */
        void write(T value, Throwable failure) throws IOException;
    }

    /**
     * Has the answer written: at once if what it tells is there, later otherwise, and with {@link HttpError} 503 if that takes
     * longer than a minute.
     */
    public static <T> void answer(
            HttpServletRequest request, HttpServletResponse response, CompletableFuture<T> future, Writer<T> writer)
            throws IOException {
        if (future.isDone()) {
            future.handle(Outcome::new).join().write(writer);
            return;
        }
        AsyncContext context = request.startAsync(request, response);
        AtomicBoolean over = new AtomicBoolean();
        context.setTimeout(TIMEOUT_MS);
        context.addListener(new Timeout<>(over, writer));
        CompletableFuture<?> unused = future.handle((value, failure) -> {
            if (over.compareAndSet(false, true)) {
                context.start(() -> {
                    try {
                        writer.write(value, failure);
                    } catch (IOException e) {
                        LOG.debug("an answer could not be written", e);
                    } finally {
                        context.complete();
                    }
                });
            }
            return null;
        });
    }

    private record Outcome<T>(T value, Throwable failure) {
        void write(Writer<T> writer) throws IOException {
            writer.write(value, failure);
        }
    }

    /** Tells a caller that nothing came. */
    private record Timeout<T>(AtomicBoolean over, Writer<T> writer) implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            if (over.compareAndSet(false, true)) {
                String what = "no answer within " + TIMEOUT_MS / 1000 + " s; what was asked may have been done";
                writer.write(null, new HttpError(SERVICE_UNAVAILABLE, "TimedOut", what));
                event.getAsyncContext().complete();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {
            over.set(true);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
