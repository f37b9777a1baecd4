package io.valiant.architecture.planted.concurrent;

import io.valiant.architecture.planted.time.AllowedClock;
import java.time.Instant;
import java.util.Date;
import java.util.function.LongSupplier;

/** Reads the clock in every forbidden way, though importing the time package is allowed. */
public final class Waits {
    public LongSupplier byReference() {
        return System::currentTimeMillis;
    }

    @SuppressWarnings("JavaUtilDate")
    public Object byDate() {
        return new Date();
    }

    public Instant byInstant() {
        return Instant.now();
    }

    public long bySleep() throws InterruptedException {
        Thread.sleep(1);
        return new AllowedClock().now();
    }
}
