package io.valiant.protocol;

import io.valiant.bsp.Cause;
import io.valiant.id.AttemptId;
import java.util.List;

/** What a child tells its groom over the task-report connection. */
public sealed interface ChildMessage {
    /**
     * First message on each connection.
     *
     * @param token the attempt's secret, 128 random bits as hex
     * @param attempt who
     * @param pid the child JVM's own process id
     * @param host data address
     * @param port data address
     */
    record Attach(String token, AttemptId attempt, long pid, String host, int port) implements ChildMessage {
        @Override
        public String toString() {
            return "Attach[" + attempt + " pid " + pid + " " + host + ":" + port + "]";
        }
    }

    /** Alive; every {@code bsp.task.ping.interval}. */
    record Ping(long number, AttemptProgress progress) implements ChildMessage {}

    /** All peers have ended, parts are closed; repeated on a new connection until {@link GroomMessage.EndConfirmed}. */
    record Finished(long generation, TaskResult result) implements ChildMessage {}

    /** The program or the task's own work failed; the child exits after this with code 1. */
    record Failed(long generation, Cause cause) implements ChildMessage {}

    /**
     * A roll-back has been carried out in this JVM: the program of the generation before has ended, the child listens for
     * the peers of this one. Answer to {@link GroomMessage.Rejoin}.
     */
    record Rejoined(long generation, String host, int port) implements ChildMessage {}

    /** Its part of a checkpoint is written and forced to disk; repeated on a new connection while it is the newest. */
    record Checkpointed(long generation, long superstep, CheckpointPart part) implements ChildMessage {}

    /** A checkpoint was wanted but could not be taken; the program goes on. */
    record CheckpointFailed(long generation, long superstep, String reason) implements ChildMessage {}

    /** The checkpoint to begin from cannot be used; the child exits after this with code 1, uncharged. */
    record RestoreFailed(long generation, CheckpointRef checkpoint, String reason) implements ChildMessage {}

    /** Supersteps that it has ended since it told of some the last time; soft, told once, with pings and before the end. */
    record Supersteps(long generation, List<SuperstepShare> shares) implements ChildMessage {
        public Supersteps {
            shares = List.copyOf(shares);
        }
    }

    /** A link could not be resumed within its time. */
    record LinkLost(long generation, int peer, long superstep, String detail) implements ChildMessage {}
}
