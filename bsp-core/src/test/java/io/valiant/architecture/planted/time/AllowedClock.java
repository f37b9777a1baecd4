package io.valiant.architecture.planted.time;

/** May read the clock. */
public final class AllowedClock {
    public long now() {
        return System.currentTimeMillis();
    }
}
