package io.valiant.client;

import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.MasterStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.ClusterStatus;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.Submission;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * The master's calls, each repeated until it is answered: a future fails with UNREACHABLE only after {@code
 * bsp.client.timeout} without an answer. Safe in any thread.
 */
final class SteadyCalls implements ClientProtocol {
    private final ClientDriver driver;

    SteadyCalls(ClientDriver driver) {
        this.driver = driver;
    }

    /** The class of each request's answer is told beside {@link ClientRequest}. */
    @SuppressWarnings("unchecked")
    private <T> CompletableFuture<T> ask(ClientRequest request) {
        return (CompletableFuture<T>) driver.ask(request);
    }

    @Override
    public CompletableFuture<Submission> submit(JobSpec spec) {
        return ask(new ClientRequest.Submit(spec));
    }

    @Override
    public CompletableFuture<JobStatus> job(JobId job) {
        return ask(new ClientRequest.Job(job));
    }

    @Override
    public CompletableFuture<JobPage> jobs(JobQuery query) {
        return ask(new ClientRequest.Jobs(query));
    }

    @Override
    public CompletableFuture<JobStatus> awaitEnd(JobId job, Duration atMost) {
        return ask(new ClientRequest.Await(job, atMost.toNanos()));
    }

    @Override
    public CompletableFuture<Void> cancel(JobId job) {
        return ask(new ClientRequest.Cancel(job));
    }

    @Override
    public CompletableFuture<Void> delete(JobId job) {
        return ask(new ClientRequest.Delete(job));
    }

    @Override
    public CompletableFuture<List<SuperstepStatus>> supersteps(JobId job, int last) {
        return ask(new ClientRequest.Supersteps(job, last));
    }

    @Override
    public CompletableFuture<List<MasterStatus>> masters() {
        return ask(new ClientRequest.Masters());
    }

    @Override
    public CompletableFuture<SortedMap<String, String>> configuration() {
        return ask(new ClientRequest.Configuration());
    }

    @Override
    public CompletableFuture<String> threads(AttemptId attempt) {
        return ask(new ClientRequest.Threads(attempt));
    }

    @Override
    public CompletableFuture<Void> endAttempt(AttemptId attempt, boolean fail) {
        return ask(new ClientRequest.EndAttempt(attempt, fail));
    }

    @Override
    public CompletableFuture<Void> stopAttempt(AttemptId attempt) {
        return ask(new ClientRequest.StopAttempt(attempt));
    }

    @Override
    public CompletableFuture<Void> resumeTask(JobId job, int task) {
        return ask(new ClientRequest.ResumeTask(job, task));
    }

    @Override
    public CompletableFuture<Void> drainGroom(GroomId groom) {
        return ask(new ClientRequest.DrainGroom(groom));
    }

    @Override
    public CompletableFuture<Void> undrainGroom(GroomId groom) {
        return ask(new ClientRequest.UndrainGroom(groom));
    }

    @Override
    public CompletableFuture<Void> removeGroom(GroomId groom) {
        return ask(new ClientRequest.RemoveGroom(groom));
    }

    @Override
    public CompletableFuture<List<GroomStatus>> grooms() {
        return ask(new ClientRequest.Grooms());
    }

    @Override
    public CompletableFuture<GroomStatus> groom(GroomId groom) {
        return ask(new ClientRequest.Groom(groom));
    }

    @Override
    public CompletableFuture<ClusterStatus> cluster() {
        return ask(new ClientRequest.Cluster());
    }

    @Override
    public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
        return ask(new ClientRequest.ReadLog(attempt, stream, offset, length));
    }
}
