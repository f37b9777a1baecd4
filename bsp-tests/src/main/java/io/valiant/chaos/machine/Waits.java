package io.valiant.chaos.machine;

import io.valiant.time.SystemClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Letting time pass, as an operator does between two commands. */
public final class Waits {
    private static final long LOOK_MS = 10;

    /** A condition that may have to ask a file or a process. */
    public interface Condition {
        boolean holds() throws java.io.IOException;
    }

    private Waits() {}

    /** Looks every 10 ms until the condition holds; false after the limit. */
    public static boolean until(long limitMs, Condition condition) throws java.io.IOException {
        long untilNs = nowNs() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        while (!condition.holds()) {
            if (nowNs() > untilNs) {
                return false;
            }
            pause(LOOK_MS);
        }
        return true;
    }

    /** Lets time pass. */
    public static void pause(long ms) {
        long untilNs = nowNs() + TimeUnit.MILLISECONDS.toNanos(ms);
        for (long leftNs = untilNs - nowNs(); leftNs > 0; leftNs = untilNs - nowNs()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    /** Monotonic nanoseconds. */
    public static long nowNs() {
        return SystemClock.INSTANCE.nanoTime();
    }

    /** Milliseconds from a moment of {@link #nowNs} to now. */
    public static long sinceMs(long fromNs) {
        return TimeUnit.NANOSECONDS.toMillis(nowNs() - fromNs);
    }
}
