package io.valiant.master.web;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.config.BspConfiguration;
import io.valiant.protocol.JobSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Jobs to be shown. */
final class SomeJobs {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private SomeJobs() {}

    /** What a job of two tasks was submitted with. */
    static JobSpec spec() {
        try {
            return new JobDescription(
                            "a.B", null, null, null, 2, null, null, null, null, null, null, null, null, null, null,
                            null, null)
                    .spec(BspConfiguration.defaults(), "bsp", "eve", List.of(), new TreeMap<>());
        } catch (BspException e) {
            throw new AssertionError(e);
        }
    }

    /** A running job of so many tasks, each with a failed attempt and one that runs. */
    static JobStatus large(String id, int tasks) {
        List<JobStatus.Task> all = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            List<JobStatus.Attempt> attempts =
                    List.of(attempt(id, task, 1, AttemptState.FAILED), attempt(id, task, 2, AttemptState.RUNNING));
            all.add(new JobStatus.Task(task, AttemptState.RUNNING, 5000L, attempts));
        }
        return new JobStatus(
                id,
                "large",
                "graph",
                "eve",
                JobState.RUNNING,
                "computing",
                null,
                null,
                null,
                tasks,
                5000L,
                2,
                1,
                null,
                THEN,
                THEN,
                null,
                null,
                new JobStatus.Checkpoint(4950, THEN, "/s/checkpoints/" + id),
                "/out",
                new TreeMap<>(),
                all);
    }

    private static JobStatus.Attempt attempt(String id, int task, int number, AttemptState state) {
        boolean failed = state == AttemptState.FAILED;
        String name = id + "_t" + task + "_a" + number;
        Cause cause = failed ? Cause.of(CauseType.SIGNAL, "the child was ended by SIGKILL") : null;
        return new JobStatus.Attempt(
                name,
                task,
                "groom-" + task % 100,
                1,
                number,
                state,
                failed,
                1000L + task,
                null,
                failed ? "SIGKILL" : null,
                cause,
                0L,
                THEN,
                THEN,
                failed ? THEN : null);
    }
}
