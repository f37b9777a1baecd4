package io.valiant.master;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.NodeReport;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A groom that obeys directives at once; what its children do is up to the test. */
final class FakeGroom {
    final GroomId id;
    final List<Directive> directives = new ArrayList<>();
    final TreeMap<AttemptId, AttemptSummary> table = new TreeMap<>();
    SortedMap<String, String> labels = new TreeMap<>();
    int slots;
    long incarnation;
    long epoch;
    long applied;
    String tag = "t1";
    int rpcPort = 5000;
    String unhealthy;
    double load = 0;
    List<Long> spares = List.of();

    /** Whether it hands on that a JVM is to begin another generation. */
    boolean rejoins = true;

    private long beats;
    private final MasterHarness master;

    FakeGroom(MasterHarness master, String name, int slots) {
        this.master = master;
        this.id = new GroomId(name);
        this.slots = slots;
    }

    /** Registers, and beats at once if that was accepted: directives may have come before the answer, and were refused. */
    RegistrationReply register() {
        master.send(new MasterEvent.Register(
                master.call(),
                new GroomRegistration(
                        id,
                        incarnation,
                        tag,
                        slots,
                        labels,
                        id.value(),
                        rpcPort,
                        id + ":80",
                        "unix:",
                        "1",
                        List.of(),
                        List.copyOf(table.values()))));
        RegistrationReply reply = ((MasterReply.Registration) master.reply()).reply();
        if (reply instanceof RegistrationReply.Accepted accepted) {
            if (accepted.epoch() != epoch || accepted.incarnation() != incarnation) {
                applied = 0;
            }
            if (accepted.incarnation() != incarnation) {
                beats = 0;
            }
            epoch = accepted.epoch();
            incarnation = accepted.incarnation();
            beat();
        }
        return reply;
    }

    /** The process is started again: no children, no incarnation. */
    void processRestarts(String newTag) {
        table.clear();
        directives.clear();
        incarnation = 0;
        tag = newTag;
    }

    Heartbeat heartbeat() {
        NodeReport node = new NodeReport(2, load, 100, 50, "/d", 100, 50, true, unhealthy, table.size());
        return new Heartbeat(
                id, incarnation, epoch, ++beats, applied, false, node, List.copyOf(table.values()), spares);
    }

    HeartbeatReply beat() {
        return send(heartbeat());
    }

    HeartbeatReply send(Heartbeat heartbeat) {
        master.send(new MasterEvent.Beat(master.call(), heartbeat));
        HeartbeatReply reply = ((MasterReply.Beat) master.reply()).reply();
        if (reply instanceof HeartbeatReply.Accepted accepted) {
            apply(accepted.directives());
        }
        return reply;
    }

    DirectiveReply apply(DirectiveBatch batch) {
        if (batch.epoch() != epoch || batch.incarnation() != incarnation || batch.first() > applied + 1) {
            return new DirectiveReply(false, applied);
        }
        long number = batch.first();
        for (Directive directive : batch.directives()) {
            if (number > applied) {
                applied = number;
                obey(directive);
            }
            number++;
        }
        return new DirectiveReply(true, applied);
    }

    private void obey(Directive directive) {
        directives.add(directive);
        if (directive instanceof Directive.LaunchTask launch) {
            AttemptId attempt = launch.assignment().attempt();
            table.putIfAbsent(
                    attempt,
                    new AttemptSummary(
                            attempt,
                            launch.assignment().generation(),
                            AttemptState.ASSIGNED,
                            0,
                            null,
                            0,
                            AttemptProgress.NONE));
        } else if (directive instanceof Directive.RejoinTask rejoin && rejoins) {
            rejoin(rejoin.assignment());
        }
    }

    /** The JVM begins another generation: it has no address until it attaches again. One that is not there has ended. */
    private void rejoin(TaskAssignment assignment) {
        AttemptId attempt = assignment.attempt();
        AttemptSummary line = table.get(attempt);
        if (line == null) {
            report(new GroomReport.Ended(attempt, assignment.generation(), null, null));
            return;
        }
        table.put(
                attempt,
                new AttemptSummary(
                        attempt,
                        assignment.generation(),
                        AttemptState.ASSIGNED,
                        line.pid(),
                        null,
                        0,
                        AttemptProgress.NONE));
    }

    private void put(AttemptId attempt, AttemptState state) {
        AttemptSummary line = table.get(attempt);
        table.put(
                attempt,
                new AttemptSummary(
                        attempt,
                        line.generation(),
                        state,
                        1000 + attempt.task(),
                        id.value(),
                        7000 + attempt.task(),
                        AttemptProgress.NONE));
    }

    ReportReply report(GroomReport... reports) {
        master.send(new MasterEvent.Report(
                master.call(), new GroomReportMessage(id, incarnation, epoch, List.of(reports))));
        return ((MasterReply.Reported) master.reply()).reply();
    }

    private long generation(AttemptId attempt) {
        return table.get(attempt).generation();
    }

    void attach(AttemptId attempt) {
        put(attempt, AttemptState.RUNNING);
        report(attached(attempt));
    }

    GroomReport attached(AttemptId attempt) {
        return new GroomReport.Attached(
                attempt, generation(attempt), 1000 + attempt.task(), id.value(), 7000 + attempt.task());
    }

    GroomReport finished(AttemptId attempt) {
        TreeMap<String, SortedMap<String, Long>> counters = new TreeMap<>();
        counters.put("app", new TreeMap<>(Collections.singletonMap("n", attempt.task() + 1L)));
        TreeMap<String, Long> facts = new TreeMap<>();
        facts.put("vertices", 10L);
        facts.put("load_ms", 5L + attempt.task());
        String name = "part-0000" + attempt.task();
        List<OutputPart> parts = List.of(new OutputPart(attempt.task(), "/tmp/" + attempt, name, 1, 2));
        return new GroomReport.Finished(attempt, generation(attempt), new TaskResult(parts, counters, 7, facts));
    }

    void finish(AttemptId attempt) {
        GroomReport report = finished(attempt);
        put(attempt, AttemptState.COMMITTING);
        report(report);
    }

    /** A child exits; 0 after it finished. */
    void exit(AttemptId attempt, int code) {
        Cause cause = code == 0 ? null : Cause.of(CauseType.EXIT, "exited with " + code);
        end(attempt, new Exit(code, null), cause);
    }

    void end(AttemptId attempt, Exit exit, Cause cause) {
        long generation = generation(attempt);
        table.remove(attempt);
        report(new GroomReport.Ended(attempt, generation, exit, cause));
    }

    /** A child writes its part of a checkpoint. */
    void checkpoint(AttemptId attempt, long superstep) {
        report(checkpointed(attempt, superstep));
    }

    GroomReport checkpointed(AttemptId attempt, long superstep) {
        String file = "/system/checkpoints/" + attempt.job() + "/g" + generation(attempt) + "-s" + superstep + "/part-"
                + attempt.task();
        return new GroomReport.Checkpointed(
                attempt,
                generation(attempt),
                superstep,
                new CheckpointPart(attempt.task(), file, 50, attempt.task(), List.of()));
    }

    /** A child cannot begin from the checkpoint it was given, and leaves. */
    void restoreFailed(AttemptId attempt, CheckpointRef checkpoint) {
        report(new GroomReport.RestoreFailed(attempt, generation(attempt), checkpoint, "block 2 is damaged"));
        exit(attempt, 1);
    }

    /** A child tells where it is. */
    void progress(AttemptId attempt, long superstep, boolean inBarrier) {
        AttemptSummary line = table.get(attempt);
        AttemptProgress now = new AttemptProgress(superstep, inBarrier, "computing", 0, 0, 0, 0, 0, 0);
        table.put(
                attempt,
                new AttemptSummary(
                        attempt, line.generation(), line.state(), line.pid(), line.host(), line.port(), now));
    }

    void linkLost(AttemptId attempt, int peer) {
        report(new GroomReport.LinkLost(attempt, generation(attempt), peer, 3, "silent for 10 s"));
    }

    /** Reports the end of every child that was told to be killed. */
    void killAsTold() {
        for (Directive directive : List.copyOf(directives)) {
            if (directive instanceof Directive.KillAttempt kill && table.containsKey(kill.attempt())) {
                end(kill.attempt(), new Exit(null, "SIGKILL"), Cause.of(CauseType.PREEMPTED, kill.reason()));
            }
        }
    }

    boolean wasToldToKill(AttemptId attempt) {
        return directives.stream()
                .anyMatch(d -> d instanceof Directive.KillAttempt kill
                        && kill.attempt().equals(attempt));
    }

    long launches(AttemptId attempt) {
        return directives.stream()
                .filter(d -> d instanceof Directive.LaunchTask launch
                        && launch.assignment().attempt().equals(attempt))
                .count();
    }

    /** What an attempt was launched with. */
    TaskAssignment launched(AttemptId attempt) {
        for (Directive directive : directives) {
            if (directive instanceof Directive.LaunchTask launch
                    && launch.assignment().attempt().equals(attempt)) {
                return launch.assignment();
            }
        }
        throw new AssertionError(attempt + " was not launched on " + id);
    }

    /** What an attempt was told to rejoin with, each time. */
    List<TaskAssignment> rejoined(AttemptId attempt) {
        List<TaskAssignment> told = new ArrayList<>();
        for (Directive directive : directives) {
            if (directive instanceof Directive.RejoinTask rejoin
                    && rejoin.assignment().attempt().equals(attempt)) {
                told.add(rejoin.assignment());
            }
        }
        return told;
    }

    List<PeerTable> peerTables(JobId job) {
        List<PeerTable> tables = new ArrayList<>();
        for (Directive directive : directives) {
            if (directive instanceof Directive.PublishPeers publish
                    && publish.table().job().equals(job)) {
                tables.add(publish.table());
            }
        }
        return tables;
    }

    boolean wasToldToForget(JobId job) {
        return directives.contains(new Directive.ForgetJob(job));
    }
}
