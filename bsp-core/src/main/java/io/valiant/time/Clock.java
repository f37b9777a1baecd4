package io.valiant.time;

import java.time.Instant;

/** Time as the rest of the code may know it; injected everywhere, virtual in simulations and tests. Safe in any thread. */
public interface Clock {
    /** Monotonic nanoseconds from an arbitrary origin; the only time that decisions may use. */
    long nanoTime();

    /** Wall-clock time, for people only: it may jump. */
    Instant wallTime();
}
