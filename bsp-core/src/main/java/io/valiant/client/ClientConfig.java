package io.valiant.client;

/**
 * A client's times.
 *
 * @param timeoutNs without any answer for so long a request is given up
 * @param callTimeoutNs without an answer for so long a call is made again
 * @param firstPauseNs before the first repetition; each later pause is twice as long
 * @param longestPauseNs the longest pause
 */
public record ClientConfig(long timeoutNs, long callTimeoutNs, long firstPauseNs, long longestPauseNs) {
    public ClientConfig {
        if (timeoutNs <= 0 || callTimeoutNs <= 0 || firstPauseNs <= 0 || longestPauseNs < firstPauseNs) {
            throw new IllegalArgumentException("time-out " + timeoutNs + " ns, of a call " + callTimeoutNs
                    + " ns, pauses " + firstPauseNs + " to " + longestPauseNs + " ns");
        }
    }
}
