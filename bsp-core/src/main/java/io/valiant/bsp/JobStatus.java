package io.valiant.bsp;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * A job as the master sees it at one moment; the JSON of {@code job status} is this record in snake_case. Absent facts
 * are null.
 *
 * @param id the job's id
 * @param name as submitted
 * @param type {@code bsp}, {@code superstep} or {@code graph}
 * @param user who submitted it
 * @param state see {@link JobState}
 * @param phase what a RUNNING job does: {@code launching}, {@code loading}, {@code computing}, {@code committing}; null otherwise
 * @param reason why a waiting job waits
 * @param completion one line on how it ended
 * @param cause why it failed or was killed
 * @param tasks how many tasks
 * @param superstep the least superstep any task is known to have reached, before the first report that which they begin with;
 *     null before they are placed; below 0 while records are dealt out by key, before the program begins at 0
 * @param generation 0 before the first start, then counted from 1
 * @param rollbacks how often it was rolled back
 * @param waitingFor the task a barrier waits for
 * @param nextTryAt when back-off ends
 * @param checkpoint the newest complete checkpoint
 * @param output where the results are or will be
 * @param counters by group and name, there when the job has succeeded
 * @param task one entry for each task, by index
 */
public record JobStatus(
        String id,
        String name,
        String type,
        String user,
        JobState state,
        String phase,
        String reason,
        String completion,
        Cause cause,
        int tasks,
        Long superstep,
        long generation,
        int rollbacks,
        WaitingFor waitingFor,
        Instant submittedAt,
        Instant startedAt,
        Instant finishedAt,
        Instant nextTryAt,
        Checkpoint checkpoint,
        String output,
        SortedMap<String, SortedMap<String, Long>> counters,
        List<Task> task) {

    /** The task that the others wait for at a barrier, for how long. */
    public record WaitingFor(int task, String groom, long sinceMs) {}

    /** A complete checkpoint. */
    public record Checkpoint(long superstep, Instant time, String path) {}

    /** One task with all its attempts, oldest first. */
    public record Task(int index, AttemptState state, Long superstep, List<Attempt> attempts) {}

    /** One attempt. {@code pid} is the child JVM's own; {@code signal} a name such as SIGKILL. */
    public record Attempt(
            String id,
            int task,
            String groom,
            long incarnation,
            long generation,
            AttemptState state,
            boolean charged,
            Long pid,
            Integer exitCode,
            String signal,
            Cause cause,
            Long startSuperstep,
            Instant progressAt,
            Instant startedAt,
            Instant finishedAt) {}
}
