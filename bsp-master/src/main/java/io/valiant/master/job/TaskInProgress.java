package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.TaskId;
import io.valiant.master.recovery.TaskHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One task of a job with all its attempts, at most one of them at a time in each generation. */
final class TaskInProgress {
    final TaskId id;
    private final ArrayList<AttemptInProgress> attempts = new ArrayList<>();

    TaskInProgress(TaskId id) {
        this.id = id;
    }

    /** Takes a stored attempt. */
    void load(AttemptInProgress attempt) {
        attempts.add(attempt);
        attempts.sort((a, b) -> Integer.compare(a.id.number(), b.id.number()));
    }

    /** A new attempt in the job's generation. */
    AttemptInProgress assign(GroomId groom, long incarnation, JobFacts job, Instant now) {
        int number =
                attempts.isEmpty() ? 1 : attempts.get(attempts.size() - 1).id.number() + 1;
        AttemptInProgress attempt =
                new AttemptInProgress(new AttemptId(id.job(), id.index(), number), groom, incarnation, job, now);
        attempts.add(attempt);
        return attempt;
    }

    /** The attempts, oldest first. */
    List<AttemptInProgress> attempts() {
        return attempts;
    }

    /** The newest attempt of that generation, or null. */
    AttemptInProgress in(long generation) {
        AttemptInProgress last = last();
        return last != null && last.generation == generation ? last : null;
    }

    /** The newest attempt, or null. */
    AttemptInProgress last() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }

    /** Whether it has an attempt of that generation that has not ended. */
    boolean isHeld(long generation) {
        AttemptInProgress attempt = in(generation);
        return attempt != null && !attempt.state().isEnded();
    }

    /** The attempt of that number, or null. */
    AttemptInProgress number(int number) {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).id.number() == number) {
                return attempts.get(i);
            }
        }
        return null;
    }

    /** How many attempts count against this task. */
    int failures() {
        int count = 0;
        for (AttemptInProgress attempt : attempts) {
            count += attempt.isCharged() ? 1 : 0;
        }
        return count;
    }

    TaskHistory history() {
        List<GroomId> charged = new ArrayList<>();
        for (AttemptInProgress attempt : attempts) {
            if (attempt.isCharged()) {
                charged.add(attempt.groom);
            }
        }
        AttemptInProgress last = last();
        return last == null
                ? new TaskHistory(null, null, charged)
                : new TaskHistory(last.groom, last.isEvicted() ? last.groom : null, charged);
    }

    JobStatus.Task status(long generation) {
        List<JobStatus.Attempt> shown = new ArrayList<>();
        for (AttemptInProgress attempt : attempts) {
            shown.add(attempt.status());
        }
        AttemptInProgress current = in(generation);
        AttemptState state = last() == null ? null : last().state();
        Long superstep = current == null ? null : current.superstep();
        return new JobStatus.Task(id.index(), state, superstep, List.copyOf(shown));
    }
}
