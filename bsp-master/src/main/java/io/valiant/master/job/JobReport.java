package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a job's status: what people see. */
final class JobReport {
    /** Group of the counters made of the tasks' facts. */
    private static final String FACTS = "bsp";

    private final JobInProgress job;

    /** The task others wait for and since when, by the monotonic clock; -1: none. */
    private int laggingTask = -1;

    private long laggingSuperstep;
    private long laggingSinceNs;

    JobReport(JobInProgress job) {
        this.job = job;
    }

    JobStatus write(long nowNs) {
        List<JobStatus.Task> tasks = new ArrayList<>();
        for (TaskInProgress task : job.tasks()) {
            tasks.add(task.status(job.generation()));
        }
        return new JobStatus(
                job.id.value(),
                job.spec.name(),
                job.spec.type(),
                job.spec.user(),
                job.state(),
                phase(),
                job.reason(),
                completion(),
                job.facts().cause(),
                job.spec.tasks(),
                superstep(),
                job.generation(),
                (int) Math.max(0, job.generation() - 1),
                waitingFor(nowNs),
                job.facts().submittedAt(),
                job.facts().startedAt(),
                job.facts().finishedAt(),
                job.nextTryAt(),
                job.checkpoints().shown(),
                job.spec.output(),
                job.state() == JobState.SUCCEEDED ? counters() : Collections.emptySortedMap(),
                List.copyOf(tasks));
    }

    private String phase() {
        if (job.state() != JobState.RUNNING) {
            return null;
        }
        if (job.isCommitting()) {
            return "committing";
        }
        if (!job.isPublished()) {
            return "launching";
        }
        for (TaskInProgress task : job.tasks()) {
            AttemptInProgress attempt = task.in(job.generation());
            if (attempt != null && "loading".equals(attempt.progress().phase())) {
                return "loading";
            }
        }
        return "computing";
    }

    private String completion() {
        return switch (job.state()) {
            case SUCCEEDED -> job.spec.output() == null ? "succeeded" : "succeeded, output in " + job.spec.output();
            case FAILED -> "failed: " + job.facts().cause().message();
            case KILLED -> job.facts().cause().message();
            case CREATED, WAITING_FOR_SERVICES, PENDING, RUNNING, RECOVERING, CANCELING -> null;
        };
    }

    private Long superstep() {
        Long least = null;
        for (TaskInProgress task : job.tasks()) {
            AttemptInProgress attempt = task.in(job.generation());
            if (attempt == null) {
                return null;
            }
            least = least == null ? attempt.superstep() : Math.min(least, attempt.superstep());
        }
        return job.generation() == 0 ? null : least;
    }

    /** The task that is furthest behind while others wait at a barrier, and since when it is seen there. */
    private JobStatus.WaitingFor waitingFor(long nowNs) {
        AttemptInProgress lagging = job.state() == JobState.RUNNING && job.isPublished() ? lagging() : null;
        int task = lagging == null ? -1 : lagging.id.task();
        long superstep = lagging == null ? 0 : lagging.superstep();
        if (task != laggingTask || superstep != laggingSuperstep) {
            laggingTask = task;
            laggingSuperstep = superstep;
            laggingSinceNs = nowNs;
        }
        return lagging == null
                ? null
                : new JobStatus.WaitingFor(task, lagging.groom.value(), (nowNs - laggingSinceNs) / 1_000_000);
    }

    private AttemptInProgress lagging() {
        long farthest = Long.MIN_VALUE;
        AttemptInProgress last = null;
        for (TaskInProgress task : job.tasks()) {
            AttemptInProgress attempt = task.in(job.generation());
            if (attempt == null || attempt.result() != null) {
                return null;
            }
            if (attempt.progress().inBarrier()) {
                farthest = Math.max(farthest, attempt.superstep());
            } else if (last == null || attempt.superstep() < last.superstep()) {
                last = attempt;
            }
        }
        return last != null && last.superstep() <= farthest ? last : null;
    }

    /** Sums over the attempts that succeeded; facts are not summed: all tasks tell the same, but for times, of which the longest counts. */
    private SortedMap<String, SortedMap<String, Long>> counters() {
        TreeMap<String, SortedMap<String, Long>> sums = new TreeMap<>();
        for (TaskInProgress task : job.tasks()) {
            AttemptInProgress attempt = task.in(job.generation());
            if (attempt == null || attempt.state() != AttemptState.SUCCEEDED) {
                continue;
            }
            attempt.result()
                    .counters()
                    .forEach((group, counters) ->
                            counters.forEach((name, value) -> sums.computeIfAbsent(group, missing -> new TreeMap<>())
                                    .merge(name, value, Long::sum)));
            for (Map.Entry<String, Long> fact : attempt.result().facts().entrySet()) {
                sums.computeIfAbsent(FACTS, missing -> new TreeMap<>())
                        .merge(fact.getKey(), fact.getValue(), Long::max);
            }
        }
        sums.replaceAll((group, counters) -> Collections.unmodifiableSortedMap(counters));
        return Collections.unmodifiableSortedMap(sums);
    }
}
