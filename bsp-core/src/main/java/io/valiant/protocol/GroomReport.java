package io.valiant.protocol;

import io.valiant.bsp.Cause;
import io.valiant.id.AttemptId;

/** What cannot wait for the next heartbeat; sent at once, again until answered. */
public sealed interface GroomReport {
    /** The attempt it is about. */
    AttemptId attempt();

    /** The job's generation the attempt was started in. */
    long generation();

    /** The child has attached and listens for its peers. */
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

    /** A link to another peer could not be resumed. */
    record LinkLost(AttemptId attempt, long generation, int peer, long superstep, String detail)
            implements GroomReport {}
}
