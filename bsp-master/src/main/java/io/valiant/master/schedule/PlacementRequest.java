package io.valiant.master.schedule;

import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import java.util.List;
import java.util.SortedSet;

/**
 * A job that wants all of its tasks placed at once, or all that have no place.
 *
 * @param job the job
 * @param number its place in the queue among equals
 * @param priority higher first
 * @param selector grooms it may use
 * @param without grooms that it does without: see {@link Separation}
 * @param ready false while processes of an earlier generation are still there: it keeps its place, but is not placed yet
 * @param held slots of tasks that have a place already
 * @param tasks a wish for each task that has none, in order of their indices
 */
public record PlacementRequest(
        JobId job,
        long number,
        int priority,
        Selector selector,
        SortedSet<GroomId> without,
        boolean ready,
        int held,
        List<TaskWish> tasks) {
    public PlacementRequest {
        tasks = List.copyOf(tasks);
    }

    /** Whether it may use that groom. */
    boolean allows(GroomView groom) {
        return selector.matches(groom.labels()) && !without.contains(groom.id());
    }
}
