package io.valiant.id;

import java.util.Objects;

/**
 * One peer's share of a job.
 *
 * @param job the job
 * @param index from 0, stable over attempts
 */
public record TaskId(JobId job, int index) implements Comparable<TaskId> {
    public TaskId {
        Objects.requireNonNull(job, "job");
        if (index < 0) {
            throw new IllegalArgumentException("task index " + index + " is negative");
        }
    }

    @Override
    public int compareTo(TaskId other) {
        int byJob = job.compareTo(other.job);
        return byJob != 0 ? byJob : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return job + "_t" + index;
    }
}
