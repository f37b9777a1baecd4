package io.valiant.http;

import java.util.concurrent.TimeUnit;

/**
 * Whether the body of a request comes fast enough. Only time counts in which the server waits for the client: neither a slow
 * disk here nor what the program does between two reads is the client's fault. For one request; one thread at a time.
 */
final class BodyRate {
    /** Waiting is added up to so much before it is judged: a link may stand still for a while. */
    static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(30);

    /** 32 kbit/s: modems of long ago were faster. */
    static final long BYTES_PER_SECOND = 4096;

    /** What has to come while the server waits for the length of the window. */
    static final long LEAST_BYTES = BYTES_PER_SECOND * TimeUnit.NANOSECONDS.toSeconds(WINDOW_NS);

    private boolean waiting;
    private long waitingSinceNs;
    private long waitedNs;
    private long bytes;

    /** There is nothing to read; said again it changes nothing. */
    void waits(long nowNs) {
        if (!waiting) {
            waiting = true;
            waitingSinceNs = nowNs;
        }
    }

    /**
     * So many bytes have come.
     *
     * @return false if that was too few since the last time that the window was over
     */
    boolean came(int count, long nowNs) {
        bytes += count;
        if (waiting) {
            waiting = false;
            waitedNs += nowNs - waitingSinceNs;
        }
        if (waitedNs < WINDOW_NS) {
            return true;
        }
        boolean enough = bytes >= LEAST_BYTES;
        waitedNs = 0;
        bytes = 0;
        return enough;
    }
}
