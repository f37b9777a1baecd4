package io.valiant.groom.core;

import io.valiant.config.Key;
import io.valiant.config.Keys;
import io.valiant.id.GroomId;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.Sorted;
import java.time.Duration;
import java.util.List;
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
 * @param progressTimeoutNs how long a child may compute in one superstep; 0: as long as it likes
 * @param childOptions of children whose job asks for nothing: those that spares are started with
 * @param spareChildren how many spares wait
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
        long killGraceNs,
        long progressTimeoutNs,
        JvmOptions childOptions,
        int spareChildren) {
    private static final long USUAL_MEMORY = 1L << 30;
    private static final long HEAP_PER_SECOND = 4L << 30;
    private static final long SECOND_NS = 1_000_000_000L;

    public GroomConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(intervals, "intervals");
        Objects.requireNonNull(childOptions, "childOptions");
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

    /** Of a groom without spares, whose children may compute as long as they like. */
    public GroomConfig(
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
        this(
                name,
                slots,
                labels,
                version,
                intervals,
                orphanTimeoutNs,
                pingIntervalNs,
                pingTimeoutNs,
                startAllowanceNs,
                killGraceNs,
                0,
                JvmOptions.ofCluster(USUAL_MEMORY, List.of()),
                0);
    }

    /**
     * How long a child of that job may be silent before its process is looked at: as the job or the groom says, and longer
     * for large heaps, whose pauses are longer.
     */
    long silenceNs(JobSpec job) {
        long basicNs = asJobSays(job, Keys.TASK_PING_TIMEOUT, pingTimeoutNs);
        return basicNs + job.memoryBytes() / HEAP_PER_SECOND * SECOND_NS;
    }

    /** How long a child of that job may compute in one superstep; 0: as long as it likes. */
    long progressNs(JobSpec job) {
        return asJobSays(job, Keys.TASK_PROGRESS_TIMEOUT, progressTimeoutNs);
    }

    /** A job's value that cannot be read is told by the launch, which fails. */
    private static long asJobSays(JobSpec job, Key<Duration> key, long otherwiseNs) {
        String given = job.configuration().get(key.name());
        boolean readable =
                given != null && Keys.jobProblems(job.configuration()).isEmpty();
        return readable ? key.type().parse(given).toNanos() : otherwiseNs;
    }
}
