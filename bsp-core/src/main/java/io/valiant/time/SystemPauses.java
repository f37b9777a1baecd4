package io.valiant.time;

import java.util.concurrent.TimeUnit;

/** Lets the calling thread sleep. */
public final class SystemPauses implements Pauses {
    /** The one instance: it has no state. */
    public static final SystemPauses INSTANCE = new SystemPauses();

    private SystemPauses() {}

    @Override
    public void pause(long ns) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(ns);
    }
}
