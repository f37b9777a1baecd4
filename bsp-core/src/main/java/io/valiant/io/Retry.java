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
    public Retry {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(pauses, "pauses");
    }

    /** Something that may be done again. */
    interface Call<T> {
        T run() throws BspException;
    }

    <T> T call(Call<T> call) throws BspException {
        RetryWindow window = new RetryWindow(windowNs, clock.nanoTime());
        while (true) {
            try {
                return call.run();
            } catch (StorageException e) {
                long pauseNs = window.nextPauseNs(clock.nanoTime());
                if (pauseNs == RetryWindow.GIVE_UP || !paused(pauseNs)) {
                    throw e;
                }
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
