package io.valiant.master.recovery;

import io.valiant.id.GroomId;
import java.util.List;

/**
 * What recovery has to know of a task.
 *
 * @param last the groom of its last attempt, or null
 * @param charged the grooms of its charged attempts, oldest first
 */
public record TaskHistory(GroomId last, List<GroomId> charged) {
    public TaskHistory {
        charged = List.copyOf(charged);
    }
}
