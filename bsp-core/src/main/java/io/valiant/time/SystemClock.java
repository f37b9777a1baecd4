package io.valiant.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The machine's clocks. */
public final class SystemClock implements Clock {
    /** The one instance: it has no state. */
    public static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
