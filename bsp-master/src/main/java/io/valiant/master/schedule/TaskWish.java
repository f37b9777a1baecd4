package io.valiant.master.schedule;

import io.valiant.id.GroomId;
import java.util.List;

/**
 * Where a task would like to run.
 *
 * @param prefer the groom to be tried first, or null
 * @param avoid grooms that must not get it as long as others could run it
 */
public record TaskWish(GroomId prefer, List<GroomId> avoid) {
    /** Anywhere. */
    public static final TaskWish NONE = new TaskWish(null, List.of());

    public TaskWish {
        avoid = List.copyOf(avoid);
    }
}
