package io.valiant.master.recovery;

import io.valiant.id.GroomId;
import java.util.List;

/**
 * What recovery has to know of a task.
 *
 * @param last the groom of its last attempt, or null
 * @param unfit the groom on which its last attempt found no room or process to run in, or null
 * @param charged the grooms of its charged attempts, oldest first
 */
public record TaskHistory(GroomId last, GroomId unfit, List<GroomId> charged) {
    public TaskHistory {
        charged = List.copyOf(charged);
    }
}
