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
 * @param checkpoints URI of the folder with all checkpoints of the job, or null: none are taken
 * @param restore the checkpoint that this generation begins from, the same for all its tasks, or null: the job's beginning
 */
public record TaskAssignment(
        AttemptId attempt,
        long generation,
        JobSpec spec,
        List<InputSplit> splits,
        String checkpoints,
        CheckpointRef restore) {
    public TaskAssignment {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(spec, "spec");
        splits = List.copyOf(splits);
    }

    /** A task that begins at the job's beginning and takes no checkpoints. */
    public TaskAssignment(AttemptId attempt, long generation, JobSpec spec, List<InputSplit> splits) {
        this(attempt, generation, spec, splits, null, null);
    }

    /** The superstep that this generation begins with; below 0 where records are dealt out first. */
    public long firstSuperstep() {
        return restore == null ? spec.firstSuperstep() : restore.superstep();
    }
}
