package io.valiant.protocol;

import io.valiant.bsp.Cause;
import io.valiant.id.AttemptId;

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

    /** A link could not be resumed within its time. */
    record LinkLost(long generation, int peer, long superstep, String detail) implements ChildMessage {}
}
