package io.valiant.protocol;

/**
 * What one task tells of one superstep that it has ended.
 *
 * @param superstep its number
 * @param startedAtMicros wall time, microseconds since 1970, for showing
 * @param computeNs from the barrier before to its arrival
 * @param barrierNs from its arrival until the barrier opened
 * @param messages it sent
 * @param bytes of these, as they left
 * @param combined messages it combined into others; {@link #UNKNOWN} where nothing is combined
 * @param spilledBytes that came to it and did not fit into memory
 * @param activeVertices of its own; {@link #UNKNOWN} where it has no vertices
 * @param soFar all supersteps that the task has ended in this generation, those among them that it does not tell of
 * @param isLast whether the program ends with it
 */
public record SuperstepShare(
        long superstep,
        long startedAtMicros,
        long computeNs,
        long barrierNs,
        long messages,
        long bytes,
        long combined,
        long spilledBytes,
        long activeVertices,
        SuperstepTotals soFar,
        boolean isLast) {
    /** Most of them in one message of a task. */
    public static final int MOST = 64;

    /** There is no such number. */
    public static final long UNKNOWN = -1;
}
