package io.valiant.bsp;

import java.util.List;

/**
 * How far a job is, at one moment: what a progress line shows. How many supersteps there will be only the program knows.
 *
 * @param state see {@link JobState}
 * @param phase what a RUNNING job does: {@code launching}, {@code loading}, {@code computing}, {@code committing}; null otherwise
 * @param reason why a waiting job waits; null otherwise
 * @param superstep the least that any task has reached; null before the first report, below 0 while records are dealt out by key
 * @param newest the superstep that has ended last: how long it took, what was sent, which task was slowest; null before the first
 *     and where no supersteps are remembered any more. It may have ended after the other facts were told
 * @param rollbacks how often the job was rolled back
 * @param waitingFor the task a barrier waits for; null where it waits for none
 */
public record JobProgress(
        JobState state,
        String phase,
        String reason,
        Long superstep,
        SuperstepStatus newest,
        int rollbacks,
        JobStatus.WaitingFor waitingFor) {
    /** @param newest the supersteps that have ended last, oldest first; only the last counts */
    static JobProgress of(JobStatus status, List<SuperstepStatus> newest) {
        return new JobProgress(
                status.state(),
                status.phase(),
                status.reason(),
                status.superstep(),
                newest.isEmpty() ? null : newest.get(newest.size() - 1),
                status.rollbacks(),
                status.waitingFor());
    }
}
