package io.valiant.master.web;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.JobStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of a job as its page shows them: so many at a time, and all of them counted.
 *
 * @param from index of the first that is shown
 * @param shown those that are shown
 * @param counts of all tasks, by the state of the newest attempt
 * @param unplaced tasks without an attempt
 * @param all number of all tasks
 */
public record TaskTable(
        int from, List<JobStatus.Task> shown, Map<AttemptState, Integer> counts, int unplaced, int all) {
    /** So many tasks at a time. */
    static final int SIZE = 100;

    /** @param wanted index of the first task that is wanted; any number */
    static TaskTable of(JobStatus job, int wanted) {
        List<JobStatus.Task> all = job.task();
        int from = Math.max(0, Math.min(wanted, Math.max(0, all.size() - 1)));
        Map<AttemptState, Integer> counts = new EnumMap<>(AttemptState.class);
        int unplaced = 0;
        for (JobStatus.Task task : all) {
            if (task.attempts().isEmpty()) {
                unplaced++;
            } else {
                counts.merge(task.attempts().get(task.attempts().size() - 1).state(), 1, Integer::sum);
            }
        }
        return new TaskTable(from, all.subList(from, Math.min(all.size(), from + SIZE)), counts, unplaced, all.size());
    }

    /** Index after the last that is shown. */
    public int to() {
        return from + shown.size();
    }

    /** Where the tasks before these begin. */
    public int earlier() {
        return Math.max(0, from - SIZE);
    }

    /** Whether there are more than are shown. */
    public boolean isPaged() {
        return shown.size() < all;
    }
}
