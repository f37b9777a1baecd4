package io.valiant.groom.core;

import io.valiant.concurrent.Output;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Steps a groom's core by hand and remembers what it wanted done since it was last asked. */
final class GroomRig {
    static final long MS = 1_000_000L;
    static final long EPOCH = 4;
    static final long INCARNATION = 9;
    static final JobId JOB = new JobId("job_c_1");

    /** 500 ms heartbeat, 7 s self-fence, 10 s expiry; ping 1 s, timeout 5 s; start 60 s; orphan 60 s; grace 2 s. */
    final GroomCore core;

    private final List<GroomEffect> effects = new ArrayList<>();
    private final Output<Void, GroomEffect> out = new Output<>() {
        @Override
        public void record(Void record) {
            throw new AssertionError("a groom stores nothing");
        }

        @Override
        public void effect(GroomEffect effect) {
            effects.add(effect);
        }
    };
    long nowNs = -5_000_000_000L;
    private long directives;
    private long calls;

    GroomRig() {
        this(0);
    }

    /** @param spares how many are kept, with 1 GiB of heap and {@code -Dcluster=yes} */
    GroomRig(int spares) {
        long[] random = {17};
        core = new GroomCore(
                new GroomConfig(
                        new GroomId("groom-1"),
                        2,
                        new TreeMap<>(),
                        "1",
                        new Intervals(500 * MS, 7000 * MS, 10000 * MS),
                        60_000 * MS,
                        1000 * MS,
                        5000 * MS,
                        60_000 * MS,
                        2000 * MS,
                        0,
                        JvmOptions.ofCluster(1L << 30, List.of("-Dcluster=yes")),
                        spares),
                () -> random[0]++);
    }

    static GroomRig registered() {
        return registered(0);
    }

    static GroomRig registered(int spares) {
        GroomRig rig = new GroomRig(spares);
        rig.handle(new GroomEvent.Started(new GroomAddresses("127.0.0.1", 50000, "", "unix:/x"), List.of()));
        rig.accept(EPOCH, INCARNATION);
        rig.answerHeartbeat();
        rig.effects.clear();
        return rig;
    }

    void accept(long epoch, long incarnation) {
        handle(new GroomEvent.RegistrationAnswered(
                new RegistrationReply.Accepted(epoch, incarnation, new Intervals(500 * MS, 7000 * MS, 10000 * MS))));
    }

    void handle(GroomEvent event) {
        core.handle(event, nowNs, out);
    }

    /** Lets time pass, with each deadline met in time. */
    void passMs(long ms) {
        long end = nowNs + ms * MS;
        while (core.nextDeadlineNs() <= end) {
            nowNs = Math.max(nowNs, core.nextDeadlineNs());
            core.tick(nowNs, out);
        }
        nowNs = end;
    }

    /** Lets time pass as a stopped process knows it: it is later, and nothing was done. */
    void freezeMs(long ms) {
        nowNs += ms * MS;
    }

    /** Like {@link #passMs} with a master that answers each heartbeat and report. */
    void passServedMs(long ms) {
        long end = nowNs + ms * MS;
        while (nowNs < end) {
            passMs(Math.min(100, (end - nowNs) / MS));
            answerHeartbeat();
            answerReport();
        }
    }

    void answerHeartbeat() {
        GroomEffect.Beat beat = last(GroomEffect.Beat.class);
        if (beat != null) {
            effects.remove(beat);
            handle(new GroomEvent.HeartbeatAnswered(beat.heartbeat().number(), accepted()));
        }
    }

    static HeartbeatReply accepted() {
        return new HeartbeatReply.Accepted(
                EPOCH,
                new Intervals(500 * MS, 7000 * MS, 10000 * MS),
                new DirectiveBatch(EPOCH, INCARNATION, 1, List.of()));
    }

    void failHeartbeat() {
        handle(new GroomEvent.HeartbeatAnswered(
                last(GroomEffect.Beat.class).heartbeat().number(), null));
    }

    void answerReport() {
        GroomEffect.Report report = last(GroomEffect.Report.class);
        if (report != null) {
            handle(new GroomEvent.ReportAnswered(report.number(), new ReportReply.Accepted(EPOCH)));
        }
    }

    DirectiveReply push(long epoch, long incarnation, long first, Directive... given) {
        calls++;
        handle(new GroomEvent.Pushed(calls, new DirectiveBatch(epoch, incarnation, first, List.of(given))));
        return last(GroomEffect.AnswerPush.class).reply();
    }

    DirectiveReply push(Directive... given) {
        DirectiveReply reply = push(EPOCH, INCARNATION, directives + 1, given);
        directives += given.length;
        return reply;
    }

    static AttemptId attempt(int task, int number) {
        return new AttemptId(JOB, task, number);
    }

    static Directive.LaunchTask launch(AttemptId attempt) {
        return launch(attempt, 1L << 30, new TreeMap<>());
    }

    static Directive.LaunchTask launch(AttemptId attempt, long heapBytes, TreeMap<String, String> configuration) {
        return new Directive.LaunchTask(new TaskAssignment(attempt, 1, spec(heapBytes, configuration), List.of()));
    }

    /** Launches the attempt, lets its process start and attach on that connection; returns its token. */
    String run(AttemptId attempt, long connection) {
        return run(launch(attempt), connection);
    }

    String run(Directive.LaunchTask launch, long connection) {
        AttemptId attempt = launch.assignment().attempt();
        push(launch);
        String token = last(GroomEffect.Launch.class).token();
        handle(new GroomEvent.Launched(attempt, 1000 + connection));
        attach(attempt, connection, token);
        answerReport();
        return token;
    }

    void attach(AttemptId attempt, long connection, String token) {
        said(connection, new ChildMessage.Attach(token, attempt, 1000 + connection, "127.0.0.1", 7000));
    }

    void said(long connection, ChildMessage message) {
        handle(new GroomEvent.FromChild(connection, message));
    }

    void ping(long connection) {
        said(connection, new ChildMessage.Ping(1, AttemptProgress.NONE));
    }

    /** A ping that tells where the program is. */
    void ping(long connection, long superstep, boolean inBarrier, String phase) {
        AttemptProgress progress = new AttemptProgress(superstep, inBarrier, phase, 0, 0, 0, 0, 0, 0);
        said(connection, new ChildMessage.Ping(1, progress));
    }

    /** The assignment that the attempt has in that generation. */
    static TaskAssignment assignment(AttemptId attempt, long generation) {
        return new TaskAssignment(attempt, generation, spec(1L << 30, new TreeMap<>()), List.of());
    }

    static TaskResult result() {
        return new TaskResult(List.of(), new TreeMap<>(), 3, new TreeMap<>());
    }

    <T extends GroomEffect> T last(Class<T> type) {
        List<T> all = all(type);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    <T extends GroomEffect> List<T> all(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** All reports sent, those sent again included. */
    List<GroomReport> reports() {
        return all(GroomEffect.Report.class).stream()
                .flatMap(report -> report.message().reports().stream())
                .toList();
    }

    GroomReport.Ended ended() {
        return (GroomReport.Ended) reports().stream()
                .filter(r -> r instanceof GroomReport.Ended)
                .reduce((a, b) -> b)
                .orElse(null);
    }

    void forgetEffects() {
        effects.clear();
    }

    static JobSpec spec(long heapBytes, TreeMap<String, String> configuration) {
        return spec(heapBytes, configuration, new TreeMap<>(), List.of());
    }

    static JobSpec spec(
            long heapBytes,
            TreeMap<String, String> configuration,
            TreeMap<String, String> environment,
            List<String> javaOptions) {
        return new JobSpec(
                "job",
                "user",
                null,
                null,
                "bsp",
                "Program",
                null,
                null,
                List.of(),
                2,
                List.of(),
                null,
                false,
                new TreeMap<>(),
                configuration,
                environment,
                new TreeMap<>(),
                heapBytes,
                javaOptions,
                0,
                null,
                3,
                10);
    }
}
