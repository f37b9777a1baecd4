package io.valiant.id;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One execution of a task in one child JVM, written {@code <job>_t<task>_a<n>}.
 *
 * @param job the job
 * @param task the task's index, from 0
 * @param number from 1, rising for each task and never used twice
 */
public record AttemptId(JobId job, int task, int number) implements Comparable<AttemptId> {
    private static final Pattern FORM = Pattern.compile("(.+)_t(\\d{1,9})_a(\\d{1,9})");

    public AttemptId {
        Objects.requireNonNull(job, "job");
        if (task < 0 || number < 1) {
            throw new IllegalArgumentException("attempt of task " + task + " number " + number);
        }
    }

    /** Reads what {@link #toString()} wrote; throws IllegalArgumentException for any other text. */
    public static AttemptId parse(String text) {
        Matcher m = FORM.matcher(Objects.requireNonNull(text, "text"));
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an attempt id (<job>_t<task>_a<n>)");
        }
        return new AttemptId(new JobId(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
    }

    /** The task this is an attempt of. */
    public TaskId taskId() {
        return new TaskId(job, task);
    }

    @Override
    public int compareTo(AttemptId other) {
        int byJob = job.compareTo(other.job);
        if (byJob != 0) {
            return byJob;
        }
        int byTask = Integer.compare(task, other.task);
        return byTask != 0 ? byTask : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return job + "_t" + task + "_a" + number;
    }
}
