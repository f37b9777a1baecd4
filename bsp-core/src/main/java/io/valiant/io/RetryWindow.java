package io.valiant.io;

/** When to try again what failed for the moment: after growing pauses, until a window of time is over. For one thread. */
public final class RetryWindow {
    /** A window that is never over. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    /** There is no next try. */
    public static final long GIVE_UP = -1;

    /** The longest pause between two tries. */
    public static final long MOST_PAUSE_NS = 5_000_000_000L;

    private static final long FIRST_PAUSE_NS = 50_000_000L;

    private final long windowNs;
    private final long sinceNs;
    private long pauseNs = FIRST_PAUSE_NS;

    /**
     * Begins with the first try.
     *
     * @param windowNs {@code bsp.fs.retry.window}, or {@link #FOR_EVER}
     */
    public RetryWindow(long windowNs, long nowNs) {
        this.windowNs = windowNs;
        this.sinceNs = nowNs;
    }

    /** A try has failed: how long to pause before the next one, or {@link #GIVE_UP}. */
    public long nextPauseNs(long nowNs) {
        long leftNs = windowNs - (nowNs - sinceNs);
        if (leftNs <= 0) {
            return GIVE_UP;
        }
        long pause = Math.min(pauseNs, leftNs);
        pauseNs = Math.min(2 * pauseNs, MOST_PAUSE_NS);
        return pause;
    }
}
