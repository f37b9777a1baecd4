package io.valiant.protocol;

import io.valiant.bsp.Cause;
import io.valiant.id.AttemptId;
import java.util.List;

/** What cannot wait for the next heartbeat; sent at once, again until answered. */
public sealed interface GroomReport {
    /** The attempt it is about. */
    AttemptId attempt();

    /** The job's generation the attempt was started in. */
    long generation();

    /** The child has attached, or has rejoined after a roll-back, and listens for its peers. */
    record Attached(AttemptId attempt, long generation, long pid, String host, int port) implements GroomReport {}

    /** All peers have ended and this one has closed its parts. */
    record Finished(AttemptId attempt, long generation, TaskResult result) implements GroomReport {}

    /**
     * The process is gone, its slot is free.
     *
     * @param exit how, or null if it never started
     * @param cause why, as far as the groom and the child know; null after {@link Finished}
     */
    record Ended(AttemptId attempt, long generation, Exit exit, Cause cause) implements GroomReport {}

    /** A part of a checkpoint is written and forced to disk. */
    record Checkpointed(AttemptId attempt, long generation, long superstep, CheckpointPart part)
            implements GroomReport {}

    /** A checkpoint was wanted but could not be taken. */
    record CheckpointFailed(AttemptId attempt, long generation, long superstep, String reason) implements GroomReport {}

    /** The checkpoint to begin from cannot be used by that attempt. */
    record RestoreFailed(AttemptId attempt, long generation, CheckpointRef checkpoint, String reason)
            implements GroomReport {}

    /** Supersteps that the task has ended; soft: some may be missing. */
    record Supersteps(AttemptId attempt, long generation, List<SuperstepShare> shares) implements GroomReport {
        public Supersteps {
            shares = List.copyOf(shares);
        }
    }

    /** A link to another peer could not be resumed. */
    record LinkLost(AttemptId attempt, long generation, int peer, long superstep, String detail)
            implements GroomReport {}
}
