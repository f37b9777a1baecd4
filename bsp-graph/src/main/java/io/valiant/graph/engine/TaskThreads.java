package io.valiant.graph.engine;

import io.valiant.bsp.Settings;
import io.valiant.task.TaskContext;

/** How many threads a task of a graph job has. */
final class TaskThreads {
    private static final String KEY = "bsp.task.threads";

    private TaskThreads() {}

    /** At least 1. */
    static int of(TaskContext context) {
        Settings configuration = new Settings(context.assignment().spec().configuration());
        return Math.max(1, configuration.getInt(KEY, 1));
    }
}
