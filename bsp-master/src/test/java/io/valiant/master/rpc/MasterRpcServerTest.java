package io.valiant.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.MasterStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.config.HostPort;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.MasterProtocol;
import io.valiant.protocol.NodeReport;
import io.valiant.protocol.ReportReply;
import io.valiant.protocol.StatusJson;
import io.valiant.protocol.Submission;
import io.valiant.protocol.ipc.IpcConnections;
import io.valiant.time.SystemClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MasterRpcServerTest {
    private static final JobId JOB = new JobId("job_100000");
    private static final AttemptId ATTEMPT = new AttemptId(JOB, 0, 1);

    private final FakeMaster master = new FakeMaster();
    private final FakeGroom groom = new FakeGroom();
    private MasterRpcServer server;
    private IpcConnections connections;
    private ClientProtocol client;
    private MasterProtocol grooms;

    /** Answers every log request with what was asked. */
    private static final class FakeGroom implements GroomProtocol {
        @Override
        public CompletableFuture<String> threads(AttemptId attempt) {
            return CompletableFuture.completedFuture("stacks of " + attempt);
        }

        @Override
        public CompletableFuture<DirectiveReply> direct(DirectiveBatch batch) {
            throw new AssertionError(batch);
        }

        @Override
        public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
            byte[] text = (attempt + " " + stream + " " + length).getBytes(StandardCharsets.UTF_8);
            return CompletableFuture.completedFuture(new LogChunk(offset, ByteBuffer.wrap(text), 1000));
        }
    }

    private static final java.util.SortedMap<String, String> CONFIGURATION =
            java.util.Collections.unmodifiableSortedMap(new TreeMap<>(java.util.Map.of("bsp.tasks.maximum", "3")));

    private final java.util.Queue<String> timed = new java.util.concurrent.ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() throws BspException {
        master.snapshot = FakeMaster.snapshot(250, "127.0.0.1:4711");
        server = new MasterRpcServer(
                new HostPort("127.0.0.1", 0),
                master,
                () -> new MasterRpcServer.Facts("m:1", "m:2", "0.1", Instant.ofEpochMilli(5), "/sys", CONFIGURATION),
                address -> {
                    assertThat(address).isEqualTo(new HostPort("127.0.0.1", 4711));
                    return groom;
                },
                SystemClock.INSTANCE,
                (method, ns) -> timed.add(method));
        server.start();
        connections = new IpcConnections("test", Duration.ofSeconds(2), Duration.ofSeconds(20));
        client = connections.client(new HostPort("127.0.0.1", server.port()));
        grooms = connections.master(new HostPort("127.0.0.1", server.port()));
    }

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    private FakeMaster.Call next(String name) throws InterruptedException {
        FakeMaster.Call call = master.calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).isNotNull();
        assertThat(call.name()).isEqualTo(name);
        return call;
    }

    private static JobSpec spec(String user) {
        return new JobSpec(
                "n",
                user,
                null,
                "key",
                "bsp",
                "C",
                null,
                null,
                List.of(),
                2,
                List.of(),
                null,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                1,
                List.of(),
                0,
                null,
                3,
                10);
    }

    private static CallException failureOf(CompletableFuture<?> future) {
        try {
            throw new AssertionError("answered " + future.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return CallException.of(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSubmissionIsTheConnectionsUsersAndIsAnsweredLater() throws Exception {
        CompletableFuture<Submission> future = client.submit(spec("somebody else"));
        FakeMaster.Call call = next("submit");
        JobSpec arrived = (JobSpec) call.arguments().get(0);
        assertThat(arrived).isEqualTo(spec(System.getProperty("user.name")));
        assertThat(future).isNotDone();
        call.answer().done(new MasterReply.Submitted(JOB, true));
        assertThat(future.get()).isEqualTo(new Submission(JOB, true));
        assertThat(timed).containsExactly("submit");
    }

    @Test
    void stacksAreFetchedFromTheGroomAndConfigurationAndMastersAreTold() throws Exception {
        AttemptId attempt = AttemptId.parse("job_100000_t0_a1");
        assertThat(client.threads(attempt).get()).isEqualTo("stacks of " + attempt);
        assertThat(failureOf(client.threads(AttemptId.parse("job_100000_t0_a2")))
                        .code())
                .isEqualTo(ErrorCode.ATTEMPT_NOT_FOUND);
        assertThat(client.configuration().get()).containsEntry("bsp.tasks.maximum", "3");
        assertThat(client.masters().get()).containsExactly(new MasterStatus("master", "m:1", "m:2", true, 4));
    }

    @Test
    void superstepsComeAsTheyAre() throws Exception {
        CompletableFuture<List<SuperstepStatus>> future = client.supersteps(JOB, 7);
        FakeMaster.Call call = next("supersteps");
        assertThat(call.arguments()).containsExactly(JOB, 7);
        List<SuperstepStatus> steps =
                List.of(new SuperstepStatus(1, 2, Instant.ofEpochMilli(3), 0.5, 1.25, 4, 5, null, 6, 7L, 8, 1.5));
        call.answer().done(new MasterReply.Supersteps(steps));
        assertThat(future.get()).isEqualTo(steps);
    }

    @Test
    void aNumberOfSuperstepsThatMakesNoSenseDoesNotReachTheCore() {
        assertThatThrownBy(() -> client.supersteps(JOB, -1).get()).hasMessageContaining("at least 1");
        assertThat(master.calls).isEmpty();
    }

    @Test
    void manyWaitsDoNotKeepOthersWaiting() throws Exception {
        List<CompletableFuture<JobStatus>> waits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            waits.add(client.awaitEnd(JOB, Duration.ofSeconds(5)));
        }
        assertThat(client.grooms().get()).containsExactly(FakeMaster.groom("g1", "127.0.0.1:4711"));
        for (int i = 0; i < 500; i++) {
            FakeMaster.Call call = next("awaitEnd");
            assertThat(call.arguments()).containsExactly(JOB, Duration.ofSeconds(5));
            call.answer().done(new MasterReply.Ended(JOB, JobState.RUNNING));
        }
        for (CompletableFuture<JobStatus> wait : waits) {
            assertThat(wait.get().id()).isEqualTo(JOB.value());
        }
    }

    @Test
    void refusalsCarryTheirWordAndLineAndNoClassNames() throws Exception {
        CompletableFuture<Void> cancel = client.cancel(JOB);
        next("cancel").answer().refused("JobEnded", "job x has ended");
        assertThat(failureOf(cancel)).hasMessage("job x has ended").returns(ErrorCode.JOB_ENDED, CallException::code);
        assertThat(failureOf(client.job(new JobId("none"))))
                .hasMessage("no job none; bsp job list shows those there are")
                .returns(ErrorCode.JOB_NOT_FOUND, CallException::code)
                .returns(BspException.Kind.USER, CallException::kind);
        assertThat(failureOf(client.groom(new GroomId("none"))))
                .returns(ErrorCode.GROOM_NOT_FOUND, CallException::code);
        master.snapshot = MasterSnapshot.EMPTY;
        assertThat(failureOf(client.cluster())).returns(ErrorCode.NO_LEADER, CallException::code);
    }

    @Test
    void whatFailsWithinTheMasterIsAnInternalErrorNotSilence() {
        master.snapshot = null;
        assertThat(failureOf(client.grooms()))
                .returns(ErrorCode.INTERNAL, CallException::code)
                .satisfies(e ->
                        assertThat(e.getMessage()).startsWith("internal error").doesNotContain("\n"));
    }

    @Test
    void anAttemptIsEndedByName() throws Exception {
        CompletableFuture<Void> done = client.endAttempt(ATTEMPT, true);
        FakeMaster.Call call = next("endAttempt");
        assertThat(call.arguments()).containsExactly(ATTEMPT, true, System.getProperty("user.name"));
        call.answer().done(new MasterReply.Done());
        assertThat(done.get()).isNull();
    }

    @Test
    void aTaskIsStoppedAndResumedByName() throws Exception {
        String user = System.getProperty("user.name");
        CompletableFuture<Void> stopped = client.stopAttempt(ATTEMPT);
        FakeMaster.Call stop = next("stopAttempt");
        assertThat(stop.arguments()).containsExactly(ATTEMPT, user);
        stop.answer().done(new MasterReply.Done());
        assertThat(stopped.get()).isNull();

        CompletableFuture<Void> resumed = client.resumeTask(ATTEMPT.job(), 1);
        FakeMaster.Call resume = next("resumeTask");
        assertThat(resume.arguments()).containsExactly(ATTEMPT.job(), 1, user);
        resume.answer().refused("TaskNotStopped", "task 1 is not stopped");
        assertThat(failureOf(resumed)).returns(ErrorCode.TASK_NOT_STOPPED, CallException::code);
    }

    @Test
    void aGroomIsDrainedUndrainedAndRemovedByName() throws Exception {
        String user = System.getProperty("user.name");
        GroomId groom = new GroomId("groom-1");
        CompletableFuture<Void> drained = client.drainGroom(groom);
        FakeMaster.Call drain = next("drainGroom");
        assertThat(drain.arguments()).containsExactly(groom, user);
        drain.answer().done(new MasterReply.Done());
        assertThat(drained.get()).isNull();

        CompletableFuture<Void> undrained = client.undrainGroom(groom);
        FakeMaster.Call undrain = next("undrainGroom");
        assertThat(undrain.arguments()).containsExactly(groom, user);
        undrain.answer().done(new MasterReply.Done());
        assertThat(undrained.get()).isNull();

        CompletableFuture<Void> removed = client.removeGroom(groom);
        FakeMaster.Call remove = next("removeGroom");
        assertThat(remove.arguments()).containsExactly(groom, user);
        remove.answer().refused("GroomInUse", "groom groom-1 is ACTIVE");
        assertThat(failureOf(removed)).returns(ErrorCode.GROOM_IN_USE, CallException::code);
    }

    @Test
    void jobsComeInPagesInTheOrderOfSubmission() throws Exception {
        List<String> ids = new ArrayList<>();
        JobQuery query = JobQuery.of(JobState.RUNNING, "odo");
        String token = null;
        do {
            JobPage page = client.jobs(query.after(token)).get();
            page.jobs().forEach(job -> ids.add(job.id()));
            token = page.next();
        } while (token != null);
        assertThat(ids).hasSize(125).startsWith("job_100249", "job_100247").endsWith("job_100001");
        assertThat(client.jobs(JobQuery.of(JobState.FAILED, null)).get().jobs()).isEmpty();
        assertThat(failureOf(client.jobs(query.after("x")))).returns(ErrorCode.BAD_REQUEST, CallException::code);
    }

    @Test
    void theClusterIsCounted() throws Exception {
        assertThat(StatusJson.text(client.cluster().get()))
                .isEqualTo("{\"cluster_id\":\"c1\",\"master\":\"m:1\",\"http\":\"m:2\",\"epoch\":4,\"version\":\"0.1\","
                        + "\"started_at\":\"1970-01-01T00:00:00.005Z\",\"system_dir\":\"/sys\","
                        + "\"grooms\":{\"ACTIVE\":1},\"slots\":3,\"slots_used\":1,\"jobs\":{\"RUNNING\":250}}");
    }

    @Test
    void logsComeFromTheAttemptsGroom() throws Exception {
        LogChunk chunk =
                client.readLog(ATTEMPT, LogStream.STDERR, 3, 10_000_000).get();
        assertThat(chunk.offset()).isEqualTo(3);
        assertThat(chunk.size()).isEqualTo(1000);
        assertThat(StandardCharsets.UTF_8.decode(chunk.bytes()).toString()).isEqualTo(ATTEMPT + " STDERR 1048576");
        assertThat(failureOf(client.readLog(new AttemptId(JOB, 0, 2), LogStream.STDOUT, 0, 1)))
                .returns(ErrorCode.ATTEMPT_NOT_FOUND, CallException::code);
        assertThat(failureOf(client.readLog(ATTEMPT, LogStream.STDOUT, -1, 1)))
                .returns(ErrorCode.BAD_REQUEST, CallException::code);
    }

    @Test
    void groomsBeatAndReport() throws Exception {
        Heartbeat beat = new Heartbeat(new GroomId("g1"), 2, 4, 9, 1, false, NodeReport.NONE, List.of(), List.of(77L));
        CompletableFuture<HeartbeatReply> answered = grooms.heartbeat(beat);
        FakeMaster.Call call = next("heartbeat");
        assertThat(call.arguments()).containsExactly(beat);
        HeartbeatReply accepted =
                new HeartbeatReply.Accepted(4, new Intervals(1, 3, 4), new DirectiveBatch(4, 2, 2, List.of()));
        call.answer().done(accepted);
        assertThat(answered.get()).isEqualTo(accepted);

        GroomReportMessage message =
                new GroomReportMessage(new GroomId("g1"), 2, 4, List.of(new GroomReport.Ended(ATTEMPT, 1, null, null)));
        CompletableFuture<ReportReply> reported = grooms.report(message);
        FakeMaster.Call report = next("report");
        assertThat(report.arguments()).containsExactly(message);
        report.answer().refused("NoLeader", "not now");
        assertThat(failureOf(reported)).returns(BspException.Kind.RETRIABLE, CallException::kind);
    }

    @Test
    void aMasterThatDoesNotAnswerIsTimedOutAndLaterCallsGetThrough() throws Exception {
        try (IpcConnections hasty = new IpcConnections("hasty", Duration.ofSeconds(1), Duration.ofMillis(300))) {
            ClientProtocol impatient = hasty.client(new HostPort("127.0.0.1", server.port()));
            CompletableFuture<Void> late = impatient.cancel(JOB);
            FakeMaster.Call call = next("cancel");
            assertThat(failureOf(late))
                    .hasMessage("the master at 127.0.0.1:" + server.port() + " gave no answer within 300 ms")
                    .returns(ErrorCode.TIMED_OUT, CallException::code);
            call.answer().done(new MasterReply.Done());
            assertThat(impatient.grooms().get()).hasSize(1);
        }
    }

    @Test
    void aMasterThatStartsAgainIsFoundAgain() throws Exception {
        assertThat(client.grooms().get()).hasSize(1);
        int port = server.port();
        server.close();
        CallException away = failureOf(client.grooms());
        assertThat(away.code()).isEqualTo(ErrorCode.UNREACHABLE);
        server = new MasterRpcServer(
                new HostPort("127.0.0.1", port),
                master,
                () -> null,
                address -> groom,
                SystemClock.INSTANCE,
                (method, ns) -> {});
        server.start();
        assertThat(client.grooms().get()).hasSize(1);
    }

    @Test
    void noMasterIsToldInOneLine() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(failureOf(connections.client(new HostPort("127.0.0.1", free)).cluster()))
                .hasMessage("no master answers at 127.0.0.1:" + free + " (connection refused); is it running?")
                .returns(ErrorCode.UNREACHABLE, CallException::code);
        assertThat(failureOf(connections
                        .client(new HostPort("no.such.host.invalid", 1))
                        .cluster()))
                .hasMessage("no master at no.such.host.invalid:1: the host is not known");
    }

    @Test
    void aCallThatTheOtherSideDoesNotKnowIsAMatterOfVersions() {
        GroomProtocol notOne = connections.groom(new HostPort("127.0.0.1", server.port()));
        assertThat(failureOf(notOne.direct(new DirectiveBatch(1, 1, 1, List.of()))))
                .hasMessage("the groom at 127.0.0.1:" + server.port()
                        + " does not know this call; use the same version on both sides")
                .returns(ErrorCode.VERSION, CallException::code);
    }

    @Test
    void aPortInUseIsToldWithItsKey() {
        MasterRpcServer second = new MasterRpcServer(
                new HostPort("127.0.0.1", server.port()),
                master,
                () -> null,
                address -> groom,
                SystemClock.INSTANCE,
                (method, ns) -> {});
        assertThatThrownBy(second::start)
                .isInstanceOf(BspException.class)
                .hasMessage("bsp.master.rpc.address = 127.0.0.1:" + server.port()
                        + " cannot be bound (address already in use): stop the process that has it, or set another"
                        + " address");
    }
}
