package io.valiant.master.job;

import static io.valiant.bsp.JobState.CANCELING;
import static io.valiant.bsp.JobState.CREATED;
import static io.valiant.bsp.JobState.PENDING;
import static io.valiant.bsp.JobState.RECOVERING;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.JobState;
import io.valiant.state.Transitions;

/**
 * The two tables of this package.
 *
 * <pre>
 * job      CREATED -> PENDING -> RUNNING -> SUCCEEDED        RUNNING, PENDING <-> RECOVERING -> FAILED
 *          any but the last three -> CANCELING -> KILLED     without a process -> FAILED, KILLED at once
 * attempt  ASSIGNED -> RUNNING -> COMMITTING -> SUCCEEDED    any of the first three -> FAILED, KILLED, LOST, STOPPED
 *          RUNNING -> ASSIGNED: its JVM is kept over a roll-back and has to attach again
 * </pre>
 */
final class LifeCycles {
    static final Transitions<JobState> JOB = Transitions.of(JobState.class)
            .from(CREATED, PENDING, CANCELING, JobState.FAILED, JobState.KILLED)
            .from(PENDING, JobState.RUNNING, RECOVERING, CANCELING, JobState.FAILED, JobState.KILLED)
            .from(JobState.RUNNING, RECOVERING, CANCELING, JobState.SUCCEEDED, JobState.FAILED, JobState.KILLED)
            .from(
                    RECOVERING,
                    JobState.RUNNING,
                    PENDING,
                    CANCELING,
                    JobState.SUCCEEDED,
                    JobState.FAILED,
                    JobState.KILLED)
            .from(CANCELING, JobState.KILLED)
            .build();

    static final Transitions<AttemptState> ATTEMPT = Transitions.of(AttemptState.class)
            .from(
                    AttemptState.ASSIGNED,
                    AttemptState.RUNNING,
                    AttemptState.COMMITTING,
                    AttemptState.FAILED,
                    AttemptState.KILLED,
                    AttemptState.LOST,
                    AttemptState.STOPPED)
            .from(
                    AttemptState.RUNNING,
                    AttemptState.ASSIGNED,
                    AttemptState.COMMITTING,
                    AttemptState.FAILED,
                    AttemptState.KILLED,
                    AttemptState.LOST,
                    AttemptState.STOPPED)
            .from(
                    AttemptState.COMMITTING,
                    AttemptState.SUCCEEDED,
                    AttemptState.FAILED,
                    AttemptState.KILLED,
                    AttemptState.LOST,
                    AttemptState.STOPPED)
            .build();

    private LifeCycles() {}
}
