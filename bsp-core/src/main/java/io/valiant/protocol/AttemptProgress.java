package io.valiant.protocol;

import io.valiant.wire.RefusedFrames;

/**
 * A child's account of itself: soft, sent with each ping, exported by Monitor.
 *
 * @param superstep now computing
 * @param inBarrier whether it waits at that superstep's barrier
 * @param phase {@code loading}, {@code computing} or {@code committing}
 * @param heapUsedBytes of the JVM
 * @param heapMaxBytes of the JVM
 * @param cpuNs processor time used by the process
 * @param messagesSent since the start of the attempt
 * @param bytesSent since the start of the attempt
 * @param spilledBytes since the start of the attempt
 * @param refused frames and connections of others that its links refused, since these were opened
 */
public record AttemptProgress(
        long superstep,
        boolean inBarrier,
        String phase,
        long heapUsedBytes,
        long heapMaxBytes,
        long cpuNs,
        long messagesSent,
        long bytesSent,
        long spilledBytes,
        RefusedFrames refused) {
    /** One that has refused no frame. */
    public AttemptProgress(
            long superstep,
            boolean inBarrier,
            String phase,
            long heapUsedBytes,
            long heapMaxBytes,
            long cpuNs,
            long messagesSent,
            long bytesSent,
            long spilledBytes) {
        this(
                superstep,
                inBarrier,
                phase,
                heapUsedBytes,
                heapMaxBytes,
                cpuNs,
                messagesSent,
                bytesSent,
                spilledBytes,
                RefusedFrames.NONE);
    }

    /** Of one that has told nothing of its generation yet, which begins there. */
    public static AttemptProgress beginningAt(long superstep) {
        return new AttemptProgress(superstep, false, "loading", 0, 0, 0, 0, 0, 0);
    }

    /** Before anything is known; its superstep says nothing: a generation may begin with any. */
    public static final AttemptProgress NONE = beginningAt(0);
}
