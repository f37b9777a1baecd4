package io.valiant.groom.core;

import io.valiant.config.Keys;
import io.valiant.id.GroomId;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.JobSpec;
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

    /**
     * How long a child of that job may be silent before its process is looked at: as the job or the groom says, and longer
     * for large heaps, whose pauses are longer. A job's value that cannot be read is told by the launch, which fails.
     */
    long silenceNs(JobSpec job) {
        String given = job.configuration().get(Keys.TASK_PING_TIMEOUT.name());
        long basicNs = pingTimeoutNs;
        if (given != null && Keys.jobProblems(job.configuration()).isEmpty()) {
            basicNs = Keys.TASK_PING_TIMEOUT.type().parse(given).toNanos();
        }
        return basicNs + job.memoryBytes() / HEAP_PER_SECOND * SECOND_NS;
    }
}
