package io.valiant.master.schedule;

import io.valiant.id.GroomId;
import io.valiant.protocol.Sorted;
import java.util.SortedMap;

/**
 * A groom as placement sees it: one that beats, is healthy and may get tasks.
 *
 * @param id its name
 * @param slots it offers
 * @param free those without a process, over all jobs
 * @param labels for selectors
 * @param load of its processors, 0 to 1; -1 if not known
 */
public record GroomView(GroomId id, int slots, int free, SortedMap<String, String> labels, double load) {
    public GroomView {
        labels = Sorted.copy(labels);
        if (free > slots) {
            throw new IllegalArgumentException("groom " + id + " has " + free + " of " + slots + " slots free");
        }
    }
}
