package io.valiant.time;

/** Waiting that is only for time to pass; injected, so that tests need not wait. Safe in any thread. */
public interface Pauses {
    /** Returns after about so many nanoseconds. */
    void pause(long ns) throws InterruptedException;
}
