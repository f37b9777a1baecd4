package io.valiant.master.rpc;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Keeps every call with its answer for the test to give, in the order they came. */
public final class FakeMaster implements MasterCalls {
    public record Call(String name, List<Object> arguments, Answer<Object> answer) {}

    public final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    public volatile MasterSnapshot snapshot = MasterSnapshot.EMPTY;

    public static JobStatus job(String id, JobState state, String user, String groom) {
        Instant at = Instant.ofEpochMilli(1);
        JobStatus.Attempt attempt = new JobStatus.Attempt(
                id + "_t0_a1", 0, groom, 1, 1, null, false, 7L, null, null, null, 0L, null, at, null);
        return new JobStatus(
                id,
                "n",
                "bsp",
                user,
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
                at,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>(),
                List.of(new JobStatus.Task(0, null, null, List.of(attempt))));
    }

    public static GroomStatus groom(String name, String rpc) {
        return new GroomStatus(
                name,
                1,
                GroomState.ACTIVE,
                null,
                3,
                1,
                new TreeMap<>(),
                null,
                null,
                null,
                null,
                rpc,
                null,
                List.of(),
                List.of());
    }

    /** {@code count} running jobs of two users, on one groom. */
    public static MasterSnapshot snapshot(int count, String groomRpc) {
        return new MasterSnapshot(
                4,
                "c1",
                IntStream.range(0, count)
                        .mapToObj(i -> job("job_" + (100_000 + i), JobState.RUNNING, i % 2 == 0 ? "eve" : "odo", "g1"))
                        .toList(),
                LongStream.range(0, count).map(i -> count - i).boxed().toList(),
                List.of(groom("g1", groomRpc)));
    }

    @SuppressWarnings("unchecked")
    private <T> void keep(String name, Answer<T> answer, Object... arguments) {
        calls.add(new Call(name, List.of(arguments), (Answer<Object>) answer));
    }

    @Override
    public void submit(JobSpec spec, Answer<MasterReply.Submitted> answer) {
        keep("submit", answer, spec);
    }

    @Override
    public void cancel(JobId job, String user, Answer<MasterReply.Done> answer) {
        keep("cancel", answer, job, user);
    }

    @Override
    public void delete(JobId job, String user, Answer<MasterReply.Done> answer) {
        keep("delete", answer, job, user);
    }

    @Override
    public void supersteps(JobId job, int last, Answer<MasterReply.Supersteps> answer) {
        keep("supersteps", answer, job, last);
    }

    @Override
    public void describe(JobId job, Answer<MasterReply.Described> answer) {
        keep("describe", answer, job);
    }

    @Override
    public void tryPlacement(int tasks, String selector, int priority, Answer<MasterReply.Tried> answer) {
        keep("tryPlacement", answer, tasks, String.valueOf(selector), priority);
    }

    @Override
    public void awaitEnd(JobId job, Duration wait, Answer<MasterReply.Ended> answer) {
        keep("awaitEnd", answer, job, wait);
    }

    @Override
    public void endAttempt(AttemptId attempt, boolean fail, String user, Answer<MasterReply.Done> answer) {
        keep("endAttempt", answer, attempt, fail, user);
    }

    @Override
    public void stopAttempt(AttemptId attempt, String user, Answer<MasterReply.Done> answer) {
        keep("stopAttempt", answer, attempt, user);
    }

    @Override
    public void resumeTask(JobId job, int task, String user, Answer<MasterReply.Done> answer) {
        keep("resumeTask", answer, job, task, user);
    }

    @Override
    public void drainGroom(GroomId groom, String user, Answer<MasterReply.Done> answer) {
        keep("drainGroom", answer, groom, user);
    }

    @Override
    public void undrainGroom(GroomId groom, String user, Answer<MasterReply.Done> answer) {
        keep("undrainGroom", answer, groom, user);
    }

    @Override
    public void removeGroom(GroomId groom, String user, Answer<MasterReply.Done> answer) {
        keep("removeGroom", answer, groom, user);
    }

    @Override
    public void register(GroomRegistration registration, Answer<RegistrationReply> answer) {
        keep("register", answer, registration);
    }

    @Override
    public void heartbeat(Heartbeat heartbeat, Answer<HeartbeatReply> answer) {
        keep("heartbeat", answer, heartbeat);
    }

    @Override
    public void report(GroomReportMessage message, Answer<ReportReply> answer) {
        keep("report", answer, message);
    }

    @Override
    public MasterSnapshot snapshot() {
        return snapshot;
    }
}
