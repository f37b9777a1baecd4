package io.valiant.protocol.ipc;

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
import io.valiant.protocol.proto.Calls;
import io.valiant.protocol.proto.Clients;
import io.valiant.protocol.proto.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** {@link ClientProtocol} over a channel. */
final class ClientCalls implements ClientProtocol {
    private static final Calls.Nothing NOTHING = Calls.Nothing.getDefaultInstance();

    private final Channel<ClientPB> channel;
    private final long longestWaitNs;

    /** @param callTimeoutMs a wait at the master takes at most half of it, so that its end is not taken for silence */
    ClientCalls(Channel<ClientPB> channel, int callTimeoutMs) {
        this.channel = channel;
        this.longestWaitNs = Duration.ofMillis(callTimeoutMs).toNanos() / 2;
    }

    @Override
    public CompletableFuture<Submission> submit(JobSpec spec) {
        Jobs.JobSpec request = JobMessages.write(spec);
        return channel.call(proxy -> proxy.submit(null, request), Clients.Submission.parser(), ClientMessages::read);
    }

    @Override
    public CompletableFuture<JobStatus> job(JobId job) {
        return channel.call(proxy -> proxy.job(null, request(job)), Clients.Document.parser(), ClientCalls::jobStatus);
    }

    @Override
    public CompletableFuture<JobPage> jobs(JobQuery query) {
        Clients.JobQuery request = ClientMessages.write(query);
        return channel.call(proxy -> proxy.jobs(null, request), Clients.JobPage.parser(), ClientMessages::read);
    }

    @Override
    public CompletableFuture<JobStatus> awaitEnd(JobId job, Duration atMost) {
        Clients.AwaitRequest request = Clients.AwaitRequest.newBuilder()
                .setJob(job.value())
                .setAtMostNs(Math.min(longestWaitNs, atMost.toNanos()))
                .build();
        return channel.call(proxy -> proxy.awaitEnd(null, request), Clients.Document.parser(), ClientCalls::jobStatus);
    }

    @Override
    public CompletableFuture<Void> cancel(JobId job) {
        return channel.call(proxy -> proxy.cancel(null, request(job)), Calls.Nothing.parser(), nothing -> null);
    }

    @Override
    public CompletableFuture<Void> delete(JobId job) {
        return channel.call(proxy -> proxy.delete(null, request(job)), Calls.Nothing.parser(), nothing -> null);
    }

    @Override
    public CompletableFuture<List<SuperstepStatus>> supersteps(JobId job, int last) {
        Clients.SuperstepsRequest request = Clients.SuperstepsRequest.newBuilder()
                .setJob(job.value())
                .setLast(last)
                .build();
        return channel.call(
                proxy -> proxy.supersteps(null, request),
                Clients.Documents.parser(),
                from -> ClientMessages.read(from, SuperstepStatus.class));
    }

    @Override
    public CompletableFuture<List<MasterStatus>> masters() {
        return channel.call(
                proxy -> proxy.masters(null, NOTHING),
                Clients.Documents.parser(),
                from -> ClientMessages.read(from, MasterStatus.class));
    }

    @Override
    public CompletableFuture<SortedMap<String, String>> configuration() {
        return channel.call(
                proxy -> proxy.configuration(null, NOTHING),
                Clients.Pairs.parser(),
                from -> new TreeMap<>(from.getValuesMap()));
    }

    @Override
    public CompletableFuture<String> threads(AttemptId attempt) {
        Calls.AttemptRequest request = ClientMessages.attemptRequest(attempt);
        return channel.call(proxy -> proxy.threads(null, request), Calls.Text.parser(), Calls.Text::getText);
    }

    @Override
    public CompletableFuture<Void> endAttempt(AttemptId attempt, boolean fail) {
        Clients.EndAttemptRequest request = Clients.EndAttemptRequest.newBuilder()
                .setAttempt(attempt.toString())
                .setFail(fail)
                .build();
        return channel.call(proxy -> proxy.endAttempt(null, request), Calls.Nothing.parser(), nothing -> null);
    }

    @Override
    public CompletableFuture<Void> stopAttempt(AttemptId attempt) {
        Clients.StopAttemptRequest request = Clients.StopAttemptRequest.newBuilder()
                .setAttempt(attempt.toString())
                .build();
        return channel.call(proxy -> proxy.stopAttempt(null, request), Calls.Nothing.parser(), nothing -> null);
    }

    @Override
    public CompletableFuture<Void> resumeTask(JobId job, int task) {
        Clients.ResumeTaskRequest request = Clients.ResumeTaskRequest.newBuilder()
                .setJob(job.value())
                .setTask(task)
                .build();
        return channel.call(proxy -> proxy.resumeTask(null, request), Calls.Nothing.parser(), nothing -> null);
    }

    @Override
    public CompletableFuture<Void> drainGroom(GroomId groom) {
        return channel.call(proxy -> proxy.drainGroom(null, request(groom)), Calls.Nothing.parser(), nothing -> null);
    }

    @Override
    public CompletableFuture<Void> undrainGroom(GroomId groom) {
        return channel.call(proxy -> proxy.undrainGroom(null, request(groom)), Calls.Nothing.parser(), nothing -> null);
    }

    @Override
    public CompletableFuture<Void> removeGroom(GroomId groom) {
        return channel.call(proxy -> proxy.removeGroom(null, request(groom)), Calls.Nothing.parser(), nothing -> null);
    }

    @Override
    public CompletableFuture<List<GroomStatus>> grooms() {
        return channel.call(
                proxy -> proxy.grooms(null, NOTHING),
                Clients.Documents.parser(),
                from -> ClientMessages.read(from, GroomStatus.class));
    }

    @Override
    public CompletableFuture<GroomStatus> groom(GroomId groom) {
        return channel.call(
                proxy -> proxy.groom(null, request(groom)),
                Clients.Document.parser(),
                from -> ClientMessages.read(from, GroomStatus.class));
    }

    @Override
    public CompletableFuture<ClusterStatus> cluster() {
        return channel.call(
                proxy -> proxy.cluster(null, NOTHING),
                Clients.Document.parser(),
                from -> ClientMessages.read(from, ClusterStatus.class));
    }

    @Override
    public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
        Calls.LogRequest request = ClientMessages.logRequest(attempt, stream, offset, length);
        return channel.call(proxy -> proxy.readLog(null, request), Calls.LogChunk.parser(), ClientMessages::read);
    }

    private static Clients.JobRequest request(JobId job) {
        return Clients.JobRequest.newBuilder().setJob(job.value()).build();
    }

    private static Clients.GroomRequest request(GroomId groom) {
        return Clients.GroomRequest.newBuilder().setGroom(groom.value()).build();
    }

    private static JobStatus jobStatus(Clients.Document from) {
        return ClientMessages.read(from, JobStatus.class);
    }
}
