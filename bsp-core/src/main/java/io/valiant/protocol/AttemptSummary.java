package io.valiant.protocol;

import io.valiant.bsp.AttemptState;
import io.valiant.id.AttemptId;

/**
 * One line of a groom's table of attempts, as in its heartbeats.
 *
 * @param attempt the id
 * @param generation of the job
 * @param state ASSIGNED (being launched), RUNNING (attached) or COMMITTING (its result was handed in)
 * @param pid of the child JVM; 0 before it is known
 * @param host data address; null before the child has attached
 * @param port data address
 * @param progress the child's last account of itself
 */
public record AttemptSummary(
        AttemptId attempt,
        long generation,
        AttemptState state,
        long pid,
        String host,
        int port,
        AttemptProgress progress) {}
