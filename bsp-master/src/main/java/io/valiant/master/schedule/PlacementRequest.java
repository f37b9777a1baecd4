package io.valiant.master.schedule;

import io.valiant.id.JobId;
import java.util.List;

/**
 * A job that wants all of its tasks placed at once.
 *
 * @param job the job
 * @param number its place in the queue among equals
 * @param priority higher first
 * @param selector grooms it may use
 * @param ready false while processes of an earlier generation are still there: it keeps its place, but is not placed yet
 * @param tasks a wish for each task, by index
 */
public record PlacementRequest(
        JobId job, long number, int priority, Selector selector, boolean ready, List<TaskWish> tasks) {
    public PlacementRequest {
        tasks = List.copyOf(tasks);
    }
}
