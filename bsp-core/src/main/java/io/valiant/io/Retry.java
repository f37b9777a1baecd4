package io.valiant.io;

import io.valiant.bsp.BspException;
import io.valiant.time.Clock;
import io.valiant.time.Pauses;
import java.util.Objects;

/**
 * Tries again, with growing pauses, what a store could not do for the moment; gives up when a window of time is over, or when
 * its thread is interrupted. What the user can correct is told at once. Safe in any thread; the calling thread waits.
 *
 * @param windowNs {@code bsp.fs.retry.window}
 * @param clock the time
 * @param pauses the waiting
 */
public record Retry(long windowNs, Clock clock, Pauses pauses) {
    private static final long FIRST_PAUSE_NS = 50_000_000L;
    private static final long MOST_PAUSE_NS = 5_000_000_000L;

    public Retry {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(pauses, "pauses");
    }

    /** Something that may be done again. */
    interface Call<T> {
        T run() throws BspException;
    }

    <T> T call(Call<T> call) throws BspException {
        long untilNs = clock.nanoTime() + windowNs;
        long pauseNs = FIRST_PAUSE_NS;
        while (true) {
            try {
                return call.run();
            } catch (StorageException e) {
                long leftNs = untilNs - clock.nanoTime();
                if (leftNs <= 0 || !paused(Math.min(pauseNs, leftNs))) {
                    throw e;
                }
                pauseNs = Math.min(2 * pauseNs, MOST_PAUSE_NS);
            }
        }
    }

    private boolean paused(long ns) {
        try {
            pauses.pause(ns);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
