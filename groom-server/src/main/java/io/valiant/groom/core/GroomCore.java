package io.valiant.groom.core;

import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.concurrent.RandomSource;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.ReportReply;
import java.util.ArrayList;
import java.util.List;

/**
 * The groom's core. It stores nothing: what must survive is the master's. Its parts, by noun: {@link Registrator},
 * {@link Instructor}, {@link TaskManager}, {@link Spares}, {@link Supervision}, {@link Conversations} with children and
 * {@link Reports} to the master.
 */
public final class GroomCore implements Core<GroomEvent, Void, GroomEffect> {
    private final GroomConfig config;
    private final Standing standing = new Standing();
    private final Reports reports;
    private final Spares spares;
    private final TaskManager tasks;
    private final Supervision supervision;
    private final Conversations conversations;
    private final Instructor instructor;
    private final Registrator registrator;

    private long steppedNs = Long.MIN_VALUE;

    /** Tables are empty, nothing is sent before {@link GroomEvent.Started}. */
    public GroomCore(GroomConfig config, RandomSource random) {
        this.config = config;
        this.reports = new Reports(config.name());
        this.spares = new Spares(config);
        this.tasks = new TaskManager(config, random, reports, spares);
        this.supervision = new Supervision(config, tasks);
        this.conversations = new Conversations(tasks, supervision, reports);
        this.instructor = new Instructor(standing, tasks);
        this.registrator = new Registrator(config, random.hex128(), standing, tasks, spares, reports);
    }

    @Override
    public void handle(GroomEvent event, long nowNs, Output<Void, GroomEffect> out) {
        noticeLateness(nowNs);
        if (event instanceof GroomEvent.FromChild said) {
            conversations.received(said.connection(), said.message(), registrator.isHolding(), nowNs, out);
        } else if (event instanceof GroomEvent.ChildDisconnected gone) {
            conversations.disconnected(gone.connection());
        } else if (!handleProcess(event, nowNs, out) && !handleMaster(event, nowNs, out)) {
            throw new IllegalStateException("unknown event: " + event);
        }
        finish(nowNs, out);
    }

    private boolean handleProcess(GroomEvent event, long nowNs, Output<Void, GroomEffect> out) {
        if (event instanceof GroomEvent.Launched launched) {
            tasks.launched(launched.attempt(), launched.pid());
        } else if (event instanceof GroomEvent.LaunchFailed failed) {
            tasks.launchFailed(failed.attempt(), failed.reason(), out);
        } else if (event instanceof GroomEvent.ChildExited exited) {
            tasks.exited(exited.attempt(), exited.exit(), exited.outOfMemory(), out);
        } else if (event instanceof GroomEvent.ProcessSeen seen) {
            supervision.processSeen(seen, nowNs, out);
        } else if (event instanceof GroomEvent.SpareReady ready) {
            spares.ready(ready.spare(), ready.pid(), out);
        } else if (event instanceof GroomEvent.SpareGone gone) {
            spares.gone(gone.spare(), gone.detail(), nowNs, out);
        } else if (event instanceof GroomEvent.NodeSampled sampled) {
            registrator.sampled(sampled.report());
        } else {
            return false;
        }
        return true;
    }

    private boolean handleMaster(GroomEvent event, long nowNs, Output<Void, GroomEffect> out) {
        if (event instanceof GroomEvent.HeartbeatAnswered answered) {
            DirectiveBatch batch = registrator.heartbeatAnswered(answered.number(), answered.reply(), nowNs, out);
            if (batch != null) {
                instructor.apply(batch, nowNs, out);
            }
        } else if (event instanceof GroomEvent.ReportAnswered answered) {
            reportAnswered(answered, nowNs, out);
        } else if (event instanceof GroomEvent.Pushed pushed) {
            DirectiveReply reply = instructor.apply(pushed.batch(), nowNs, out);
            out.effect(new GroomEffect.AnswerPush(pushed.call(), reply));
        } else if (event instanceof GroomEvent.RegistrationAnswered answered) {
            registrator.registrationAnswered(answered.reply(), nowNs, out);
        } else if (event instanceof GroomEvent.Started started) {
            registrator.started(started, nowNs);
        } else {
            return false;
        }
        return true;
    }

    private void reportAnswered(GroomEvent.ReportAnswered answered, long nowNs, Output<Void, GroomEffect> out) {
        if (!reports.isInFlight(answered.number())) {
            return;
        }
        ReportReply reply = answered.reply();
        if (reply instanceof ReportReply.Accepted accepted && !standing.isPast(accepted.epoch())) {
            for (GroomReport report : reports.taken()) {
                if (report instanceof GroomReport.Finished finished) {
                    tasks.confirm(finished, nowNs, out);
                }
            }
            return;
        }
        long againNs = nowNs + registrator.intervals().heartbeatNs();
        if (reply == null) {
            reports.unanswered(againNs);
            return;
        }
        reports.again(againNs);
        if (reply instanceof ReportReply.Register register) {
            registrator.registerAgain(register.epoch(), nowNs);
        } else if (reply instanceof ReportReply.Fenced fenced) {
            registrator.fenced(fenced.epoch(), fenced.reason(), nowNs, out);
        }
    }

    @Override
    public void tick(long nowNs, Output<Void, GroomEffect> out) {
        noticeLateness(nowNs);
        supervision.supervise(nowNs, out);
        finish(nowNs, out);
    }

    /** What every step ends with: calls that have become due, reports that have gathered. */
    private void finish(long nowNs, Output<Void, GroomEffect> out) {
        registrator.settle(nowNs, out);
        registrator.tick(nowNs, out);
        if (registrator.isEnrolled()) {
            reports.send(standing, nowNs, out);
        }
        keepSpares(nowNs, out);
        steppedNs = nowNs;
    }

    /** A spare's folder lies on the disk that has become bad, so what waits there is of no use. */
    private void keepSpares(long nowNs, Output<Void, GroomEffect> out) {
        boolean healthy = registrator.node().unhealthy() == null;
        if (!healthy || registrator.isStopped()) {
            spares.endAll(out);
        }
        spares.tick(registrator.isServing() && healthy && tasks.isCalm(), tasks.size(), nowNs, out);
    }

    /**
     * A process that was itself stopped, swapped out or starved must not take its own silence for its children's.
     */
    private void noticeLateness(long nowNs) {
        long dueNs = nextDeadlineNs();
        if (dueNs != NO_DEADLINE && nowNs - dueNs > registrator.intervals().heartbeatNs()) {
            supervision.wasLate(nowNs, nowNs - dueNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        long next = Math.min(registrator.nextDeadlineNs(), supervision.nextDeadlineNs());
        if (registrator.isEnrolled()) {
            next = Math.min(next, reports.dueNs());
        }
        next = Math.min(next, spares.nextDeadlineNs());
        if (!tasks.isEmpty()) {
            // while a call to the master is under way nothing else may be due, and a groom that stood still would not
            // notice
            next = Math.min(next, steppedNs + registrator.intervals().heartbeatNs());
        }
        return Math.max(next, steppedNs);
    }

    /** The groom as it is now, for pages, metrics and invariants; called by the core's owner. */
    public GroomSnapshot snapshot() {
        List<GroomSnapshot.Child> children = new ArrayList<>();
        for (Child child : tasks.children()) {
            children.add(new GroomSnapshot.Child(
                    child.pid,
                    GroomSnapshot.Child.TASK,
                    child.attempt(),
                    child.generation(),
                    child.state(),
                    child.ending != Child.Ending.NONE,
                    child.place()));
        }
        for (long pid : spares.pids()) {
            children.add(GroomSnapshot.Child.spare(pid));
        }
        return new GroomSnapshot(
                config.name(),
                standing.epoch(),
                standing.incarnation(),
                registrator.isEnrolled(),
                registrator.isHolding(),
                config.slots(),
                standing.applied(),
                reports.size(),
                registrator.node(),
                registrator.steps(),
                supervision.refused(),
                children);
    }
}
