package io.valiant.client;

import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.MasterStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.ClusterStatus;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A master that fails as often as told before it answers; its jobs run for some polls, then succeed. */
final class FakeMaster implements ClientProtocol {
    final List<JobSpec> submitted = new CopyOnWriteArrayList<>();
    final List<JobId> cancelled = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger polls = new AtomicInteger();
    private final String systemDir;
    /** Of all jobs, in the order of their submission. */
    final List<JobStatus> jobs = new CopyOnWriteArrayList<>();

    /** What was asked for of them. */
    final List<JobQuery> queries = new CopyOnWriteArrayList<>();

    final List<MasterStatus> masters = new CopyOnWriteArrayList<>();
    final List<SuperstepStatus> steps = new CopyOnWriteArrayList<>();
    volatile int pageSize = 100;
    volatile ErrorCode refusal;
    volatile boolean existed;

    FakeMaster(String systemDir) {
        this.systemDir = systemDir;
    }

    private <T> CompletableFuture<T> answer(T value) {
        if (failures.getAndDecrement() > 0) {
            return CompletableFuture.failedFuture(ErrorCode.UNREACHABLE.with("away"));
        }
        return CompletableFuture.completedFuture(value);
    }

    static JobStatus status(JobId id, JobState state) {
        return new JobStatus(
                id.value(),
                "n",
                "bsp",
                "u",
                state,
                null,
                null,
                null,
                null,
                1,
                null,
                1,
                0,
                null,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>(),
                List.of());
    }

    @Override
    public CompletableFuture<Submission> submit(JobSpec spec) {
        submitted.add(spec);
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal.with("refused"));
        }
        return answer(new Submission(new JobId("j1"), existed));
    }

    @Override
    public CompletableFuture<JobStatus> job(JobId job) {
        return refusal == ErrorCode.JOB_NOT_FOUND
                ? CompletableFuture.failedFuture(refusal.with("no job " + job))
                : answer(status(job, JobState.RUNNING));
    }

    @Override
    public CompletableFuture<JobPage> jobs(JobQuery query) {
        queries.add(query);
        List<JobStatus> asked = jobs.stream()
                .filter(job -> query.state() == null || job.state() == query.state())
                .toList();
        int from = query.after() == null ? 0 : Integer.parseInt(query.after());
        int to = Math.min(asked.size(), from + pageSize);
        return answer(new JobPage(asked.subList(from, to), to < asked.size() ? String.valueOf(to) : null));
    }

    @Override
    public CompletableFuture<JobStatus> awaitEnd(JobId job, Duration atMost) {
        boolean ended = polls.getAndDecrement() <= 0;
        return answer(status(job, ended ? JobState.SUCCEEDED : JobState.RUNNING));
    }

    @Override
    public CompletableFuture<Void> cancel(JobId job) {
        cancelled.add(job);
        return answer(null);
    }

    @Override
    public CompletableFuture<Void> delete(JobId job) {
        return answer(null);
    }

    @Override
    public CompletableFuture<List<SuperstepStatus>> supersteps(JobId job, int last) {
        return answer(steps.subList(Math.max(0, steps.size() - last), steps.size()));
    }

    @Override
    public CompletableFuture<List<MasterStatus>> masters() {
        return answer(masters);
    }

    @Override
    public CompletableFuture<SortedMap<String, String>> configuration() {
        return answer(new TreeMap<>());
    }

    @Override
    public CompletableFuture<String> threads(AttemptId attempt) {
        return answer("");
    }

    @Override
    public CompletableFuture<Void> endAttempt(AttemptId attempt, boolean fail) {
        return answer(null);
    }

    @Override
    public CompletableFuture<Void> stopAttempt(AttemptId attempt) {
        return answer(null);
    }

    @Override
    public CompletableFuture<Void> resumeTask(JobId job, int task) {
        return answer(null);
    }

    @Override
    public CompletableFuture<Void> drainGroom(GroomId groom) {
        return answer(null);
    }

    @Override
    public CompletableFuture<Void> undrainGroom(GroomId groom) {
        return answer(null);
    }

    @Override
    public CompletableFuture<Void> removeGroom(GroomId groom) {
        return answer(null);
    }

    @Override
    public CompletableFuture<List<GroomStatus>> grooms() {
        return answer(List.of());
    }

    @Override
    public CompletableFuture<GroomStatus> groom(GroomId groom) {
        return CompletableFuture.failedFuture(ErrorCode.GROOM_NOT_FOUND.with("no groom " + groom));
    }

    @Override
    public CompletableFuture<ClusterStatus> cluster() {
        return answer(new ClusterStatus(
                "c1", "m:1", "m:2", 1, "0", Instant.EPOCH, systemDir, new TreeMap<>(), 0, 0, new TreeMap<>()));
    }

    @Override
    public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
        return new CompletableFuture<>();
    }
}
