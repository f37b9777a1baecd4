package io.valiant.protocol;

/**
 * What supersteps add up to.
 *
 * @param supersteps that have ended
 * @param messages sent in them
 * @param bytes of these, as they left
 * @param spilledBytes that came and did not fit into memory
 */
public record SuperstepTotals(long supersteps, long messages, long bytes, long spilledBytes) {
    /** Of no superstep. */
    public static final SuperstepTotals NONE = new SuperstepTotals(0, 0, 0, 0);

    /** What came on top of those before. */
    SuperstepTotals since(SuperstepTotals before) {
        return new SuperstepTotals(
                supersteps - before.supersteps,
                messages - before.messages,
                bytes - before.bytes,
                spilledBytes - before.spilledBytes);
    }

    /** All tasks end the same supersteps; the rest adds up. */
    SuperstepTotals with(SuperstepTotals otherTask) {
        return new SuperstepTotals(
                Math.max(supersteps, otherTask.supersteps),
                messages + otherTask.messages,
                bytes + otherTask.bytes,
                spilledBytes + otherTask.spilledBytes);
    }
}
