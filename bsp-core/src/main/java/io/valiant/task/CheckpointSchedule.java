package io.valiant.task;

import io.valiant.config.Key;
import io.valiant.config.Keys;
import io.valiant.protocol.TaskAssignment;
import java.util.SortedMap;

/** When peer 0 asks for a checkpoint: after so many supersteps, after so much time. Program's thread. */
final class CheckpointSchedule {
    /** Supersteps between two, 0: none for their number. */
    private final long interval;

    /** Time between two, 0: none for the time. */
    private final long periodNs;

    /** What the generation begins with counts as the last one. */
    private long lastSuperstep;

    private long lastNs;

    CheckpointSchedule(long interval, long periodNs, long beginsWith, long nowNs) {
        this.interval = interval;
        this.periodNs = periodNs;
        this.lastSuperstep = beginsWith;
        this.lastNs = nowNs;
    }

    /** The job's own values go before the cluster's. A job that has nowhere to put checkpoints has none. */
    static CheckpointSchedule of(
            TaskAssignment assignment, SortedMap<String, String> cluster, long beginsWith, long nowNs) {
        if (assignment.checkpoints() == null) {
            return new CheckpointSchedule(0, 0, beginsWith, nowNs);
        }
        SortedMap<String, String> job = assignment.spec().configuration();
        return new CheckpointSchedule(
                value(Keys.CHECKPOINT_INTERVAL, job, cluster),
                value(Keys.CHECKPOINT_PERIOD, job, cluster).toNanos(),
                beginsWith,
                nowNs);
    }

    private static <T> T value(Key<T> key, SortedMap<String, String> job, SortedMap<String, String> cluster) {
        String text = job.getOrDefault(key.name(), cluster.getOrDefault(key.name(), key.defaultText()));
        return key.type().parse(text);
    }

    /** Whether the state before that superstep is to be saved. */
    boolean isDue(long superstep, long nowNs) {
        return (interval > 0 && superstep - lastSuperstep >= interval) || (periodNs > 0 && nowNs - lastNs >= periodNs);
    }

    /** That state is saved. */
    void taken(long superstep, long nowNs) {
        lastSuperstep = superstep;
        lastNs = nowNs;
    }
}
