package io.valiant.protocol;

import io.valiant.id.AttemptId;
import java.util.List;
import java.util.Objects;

/**
 * All that an attempt needs to know before it may attach to its peers.
 *
 * @param attempt its id
 * @param generation of the job
 * @param spec the job
 * @param splits this task's share of the inputs
 */
public record TaskAssignment(AttemptId attempt, long generation, JobSpec spec, List<InputSplit> splits) {
    public TaskAssignment {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(spec, "spec");
        splits = List.copyOf(splits);
    }
}
