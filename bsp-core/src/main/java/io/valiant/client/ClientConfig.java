package io.valiant.client;

import java.util.Objects;

/**
 * Whom a client asks, and its times.
 *
 * @param master what messages call the master: its address
 * @param timeoutNs without any answer for so long a request is given up
 * @param callTimeoutNs without an answer for so long a call is made again
 * @param firstPauseNs before the first repetition; each later pause is twice as long
 * @param longestPauseNs the longest pause
 */
public record ClientConfig(String master, long timeoutNs, long callTimeoutNs, long firstPauseNs, long longestPauseNs) {
    public ClientConfig {
        Objects.requireNonNull(master, "master");
        if (timeoutNs <= 0 || callTimeoutNs <= 0 || firstPauseNs <= 0 || longestPauseNs < firstPauseNs) {
            throw new IllegalArgumentException("time-out " + timeoutNs + " ns, of a call " + callTimeoutNs
                    + " ns, pauses " + firstPauseNs + " to " + longestPauseNs + " ns");
        }
    }
}
