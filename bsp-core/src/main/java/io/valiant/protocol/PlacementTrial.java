package io.valiant.protocol;

import java.util.List;

/**
 * What would become of a job that was submitted now; in JSON this record in snake_case. Nothing is reserved by it.
 *
 * @param placed whether all its tasks would have a slot at once
 * @param reason why it would wait, or null
 * @param grooms a groom for each task, by index; empty where it would wait
 */
public record PlacementTrial(boolean placed, String reason, List<String> grooms) {
    public PlacementTrial {
        grooms = List.copyOf(grooms);
    }
}
