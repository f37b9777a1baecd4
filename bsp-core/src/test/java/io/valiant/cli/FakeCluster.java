package io.valiant.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Cause;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobResult;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.MasterStatus;
import io.valiant.bsp.Progress;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.ClusterStatus;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.Submission;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A cluster in which every job ends at once, as the test says. */
final class FakeCluster implements ClusterAccess, ClientProtocol {
    /** A log that lies on a groom that does not answer. */
    static final String AWAY = "away";

    final TreeMap<String, JobStatus> jobs = new TreeMap<>();
    final TreeMap<String, String> logs = new TreeMap<>();
    final List<BspJob> submitted = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    final GroomStatus groom = new GroomStatus(
            "groom-1",
            1,
            GroomState.DRAINING,
            "drained by ann",
            3,
            1,
            new TreeMap<>(),
            null,
            null,
            null,
            Instant.EPOCH,
            "127.0.0.1:1",
            "127.0.0.1:2",
            List.of(),
            List.of());
    final List<SuperstepStatus> steps =
            List.of(new SuperstepStatus(4, 1, Instant.EPOCH, 1.5, 0.25, 10, 200, null, 0, 7L, 2, 1.5));
    JobState end = JobState.SUCCEEDED;
    boolean leads = true;
    Cause cause;
    int pageSize = 2;
    boolean closed;

    static JobStatus status(String id, JobState state, Cause cause) {
        JobStatus.Attempt attempt = new JobStatus.Attempt(
                id + "_t0_a1",
                0,
                "groom-1",
                1,
                1,
                io.valiant.bsp.AttemptState.SUCCEEDED,
                false,
                42L,
                0,
                null,
                null,
                0L,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
        return new JobStatus(
                id,
                "name",
                "bsp",
                "user",
                state,
                null,
                null,
                null,
                cause,
                1,
                3L,
                1,
                0,
                null,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                "file:///out",
                new TreeMap<>(),
                List.of(new JobStatus.Task(0, attempt.state(), 3L, List.of(attempt))));
    }

    @Override
    public JobHandle submit(BspJob job) {
        submitted.add(job);
        String id = job.id() == null ? "job_c_1" : job.id();
        jobs.put(id, status(id, end, cause));
        return handle(new JobId(id));
    }

    @Override
    public JobHandle handle(JobId job) {
        return new Handle(job);
    }

    @Override
    public ClientProtocol calls() {
        return this;
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Handle implements JobHandle {
        private final JobId job;

        Handle(JobId job) {
            this.job = job;
        }

        @Override
        public String id() {
            return job.value();
        }

        @Override
        public JobStatus status() throws BspException {
            if (!jobs.containsKey(job.value())) {
                throw ErrorCode.JOB_NOT_FOUND.with("no job " + job);
            }
            return jobs.get(job.value());
        }

        @Override
        public JobResult await(Progress progress) throws BspException {
            return new JobResult(status());
        }

        @Override
        public JobResult await(Duration atMost, Progress progress) throws BspException {
            return status().state().isEnded() ? new JobResult(status()) : null;
        }

        @Override
        public List<SuperstepStatus> supersteps(int last) {
            return steps;
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    private static <T> CompletableFuture<T> failed(CallException e) {
        return CompletableFuture.failedFuture(e);
    }

    @Override
    public CompletableFuture<Submission> submit(JobSpec spec) {
        return failed(ErrorCode.INTERNAL.with("not used"));
    }

    @Override
    public CompletableFuture<JobStatus> job(JobId job) {
        JobStatus status = jobs.get(job.value());
        return status == null
                ? failed(ErrorCode.JOB_NOT_FOUND.with("no job " + job))
                : CompletableFuture.completedFuture(status);
    }

    @Override
    public CompletableFuture<JobPage> jobs(JobQuery query) {
        List<JobStatus> page = new ArrayList<>();
        for (JobStatus job :
                jobs.tailMap(query.after() == null ? "" : query.after(), false).values()) {
            if (page.size() == pageSize) {
                return CompletableFuture.completedFuture(
                        new JobPage(page, page.get(page.size() - 1).id()));
            }
            if (query.state() == null || query.state() == job.state()) {
                page.add(job);
            }
        }
        return CompletableFuture.completedFuture(new JobPage(page, null));
    }

    @Override
    public CompletableFuture<JobStatus> awaitEnd(JobId job, Duration atMost) {
        return job(job);
    }

    @Override
    public CompletableFuture<Void> cancel(JobId job) {
        return failed(ErrorCode.JOB_ENDED.with("job " + job + " has ended"));
    }

    @Override
    public CompletableFuture<Void> delete(JobId job) {
        ended.add("delete " + job);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<SuperstepStatus>> supersteps(JobId job, int last) {
        return jobs.containsKey(job.value())
                ? CompletableFuture.completedFuture(steps)
                : failed(ErrorCode.JOB_NOT_FOUND.with("no job " + job));
    }

    @Override
    public CompletableFuture<List<MasterStatus>> masters() {
        return CompletableFuture.completedFuture(
                List.of(new MasterStatus("master", "127.0.0.1:1", "127.0.0.1:2", leads, leads ? 3 : 0)));
    }

    @Override
    public CompletableFuture<SortedMap<String, String>> configuration() {
        return CompletableFuture.completedFuture(new TreeMap<>(Map.of("bsp.tasks.maximum", "3")));
    }

    @Override
    public CompletableFuture<String> threads(AttemptId attempt) {
        return attempt.number() == 1
                ? CompletableFuture.completedFuture("\"program\" #12\n\tat a.B.run(B.java:7)\n")
                : failed(ErrorCode.ATTEMPT_ENDED.with("attempt " + attempt + " has no process"));
    }

    @Override
    public CompletableFuture<Void> endAttempt(AttemptId attempt, boolean fail) {
        ended.add((fail ? "fail " : "kill ") + attempt);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> stopAttempt(AttemptId attempt) {
        ended.add("stop " + attempt);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> resumeTask(JobId job, int task) {
        ended.add("resume " + job + " " + task);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<GroomStatus>> grooms() {
        return CompletableFuture.completedFuture(List.of(groom));
    }

    @Override
    public CompletableFuture<Void> drainGroom(GroomId name) {
        return toGroom("drain " + name);
    }

    @Override
    public CompletableFuture<Void> undrainGroom(GroomId name) {
        return toGroom("undrain " + name);
    }

    @Override
    public CompletableFuture<Void> removeGroom(GroomId name) {
        return toGroom("remove " + name);
    }

    private CompletableFuture<Void> toGroom(String what) {
        ended.add(what);
        return what.endsWith(" " + groom.name())
                ? CompletableFuture.completedFuture(null)
                : failed(ErrorCode.GROOM_NOT_FOUND.with("there is no groom in " + what));
    }

    @Override
    public CompletableFuture<GroomStatus> groom(GroomId name) {
        return name.value().equals(groom.name())
                ? CompletableFuture.completedFuture(groom)
                : failed(ErrorCode.GROOM_NOT_FOUND.with("there is no groom " + name));
    }

    @Override
    public CompletableFuture<ClusterStatus> cluster() {
        return failed(ErrorCode.UNREACHABLE.with("no master answers at 127.0.0.1:1"));
    }

    @Override
    public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
        String log = logs.get(attempt + " " + stream.label());
        if (AWAY.equals(log)) {
            return failed(ErrorCode.GROOM_UNREACHABLE.with(attempt + " is on groom groom-1, which does not answer"));
        }
        if (log == null) {
            return failed(ErrorCode.LOG_NOT_FOUND.with("no log of " + attempt));
        }
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        int from = (int) Math.min(offset, bytes.length);
        int count = Math.min(4, bytes.length - from);
        return CompletableFuture.completedFuture(new LogChunk(from, ByteBuffer.wrap(bytes, from, count), bytes.length));
    }
}
