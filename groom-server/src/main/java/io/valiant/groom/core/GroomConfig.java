package io.valiant.groom.core;

import io.valiant.id.GroomId;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.Sorted;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What a groom's core is configured with.
 *
 * @param name of the groom
 * @param slots how many attempts may run at once
 * @param labels for selectors
 * @param version of the software
 * @param intervals until a master gives others
 * @param orphanTimeoutNs without a master: the children are killed
 * @param pingIntervalNs between a child's pings
 * @param pingTimeoutNs without a ping: the process is looked at; one second is added for each 4 GiB of heap
 * @param startAllowanceNs what a child has from its launch to its first attach
 * @param killGraceNs between SIGTERM and SIGKILL
 */
public record GroomConfig(
        GroomId name,
        int slots,
        SortedMap<String, String> labels,
        String version,
        Intervals intervals,
        long orphanTimeoutNs,
        long pingIntervalNs,
        long pingTimeoutNs,
        long startAllowanceNs,
        long killGraceNs) {
    private static final long HEAP_PER_SECOND = 4L << 30;
    private static final long SECOND_NS = 1_000_000_000L;

    public GroomConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(intervals, "intervals");
        labels = Sorted.copy(labels);
        if (slots < 1) {
            throw new IllegalArgumentException("a groom needs at least one slot, not " + slots);
        }
        if (pingTimeoutNs < pingIntervalNs || orphanTimeoutNs < intervals.selfFenceNs()) {
            throw new IllegalArgumentException(
                    "ping interval " + pingIntervalNs + " ns <= ping timeout " + pingTimeoutNs
                            + " ns, self-fence " + intervals.selfFenceNs() + " ns <= orphan timeout " + orphanTimeoutNs
                            + " ns must hold");
        }
    }

    /** How long a child with that heap may be silent before its process is looked at: its pauses grow with it. */
    long silenceNs(long heapBytes) {
        return pingTimeoutNs + heapBytes / HEAP_PER_SECOND * SECOND_NS;
    }
}
