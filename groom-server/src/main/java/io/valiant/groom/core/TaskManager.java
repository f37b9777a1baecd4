package io.valiant.groom.core;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.concurrent.Output;
import io.valiant.concurrent.RandomSource;
import io.valiant.groom.core.Child.Ending;
import io.valiant.groom.core.Child.Phase;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The groom's slots and its table of attempts: launches, peers, roll-backs, kills, ends. A slot is taken with the launch
 * and free only when the child's whole process group is gone.
 */
final class TaskManager {
    /** Ends are remembered until their job is forgotten; this bounds them should a master never say so. */
    private static final int MOST_ENDS = 4096;

    private final GroomConfig config;
    private final RandomSource random;
    private final Reports reports;
    private final Spares spares;

    private final SortedMap<AttemptId, Child> children = new TreeMap<>();
    private final TreeMap<AttemptId, GroomReport.Ended> ends = new TreeMap<>();
    private final TreeSet<JobId> jobs = new TreeSet<>();
    private final TreeSet<JobId> forgotten = new TreeSet<>();

    TaskManager(GroomConfig config, RandomSource random, Reports reports, Spares spares) {
        this.config = config;
        this.random = random;
        this.reports = reports;
        this.spares = spares;
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    /** Whether no child is starting or ending. */
    boolean isCalm() {
        for (Child child : children.values()) {
            if (!child.hasAttached() || child.ending != Ending.NONE) {
                return false;
            }
        }
        return true;
    }

    /** When the oldest of the children that are not being ended was launched; the highest number if there is none. */
    long oldestLaunchNs() {
        long oldestNs = Long.MAX_VALUE;
        for (Child child : children.values()) {
            if (child.ending == Ending.NONE) {
                oldestNs = Math.min(oldestNs, child.launchedNs);
            }
        }
        return oldestNs;
    }

    int size() {
        return children.size();
    }

    Iterable<Child> children() {
        return children.values();
    }

    Child child(AttemptId attempt) {
        return children.get(attempt);
    }

    List<AttemptSummary> summaries() {
        List<AttemptSummary> summaries = new ArrayList<>(children.size());
        for (Child child : children.values()) {
            summaries.add(child.summary());
        }
        return summaries;
    }

    /** Takes a slot and starts the attempt; one that runs or has ended is not started again. */
    void launch(TaskAssignment assignment, long nowNs, Output<Void, GroomEffect> out) {
        AttemptId attempt = assignment.attempt();
        if (children.containsKey(attempt) || reportEndAgain(attempt)) {
            return;
        }
        jobs.add(attempt.job());
        if (children.size() >= config.slots()) {
            end(
                    attempt,
                    assignment.generation(),
                    null,
                    Cause.of(
                            CauseType.GROOM_LOST,
                            "groom " + config.name() + " has no free slot, all " + config.slots() + " are taken"),
                    out);
            return;
        }
        JobSpec spec = assignment.spec();
        Child child = new Child(assignment, random.hex128(), config.silenceNs(spec), config.progressNs(spec), nowNs);
        children.put(attempt, child);
        out.effect(new GroomEffect.Launch(assignment, child.token, spares.take(spec)));
    }

    /** The job was rolled back and the attempt's JVM is kept; one that is not here has ended, which is told (again). */
    void rejoin(TaskAssignment assignment, Output<Void, GroomEffect> out) {
        AttemptId attempt = assignment.attempt();
        Child child = children.get(attempt);
        if (child == null) {
            if (!reportEndAgain(attempt)) {
                jobs.add(attempt.job());
                String lost = "groom " + config.name() + " does not know the attempt that was to go on in generation ";
                Cause cause = Cause.of(CauseType.GROOM_LOST, lost + assignment.generation());
                end(attempt, assignment.generation(), null, cause, out);
            }
            return;
        }
        if (assignment.generation() <= child.generation()) {
            return;
        }
        boolean leaves = child.phase == Phase.CONFIRMED;
        child.rejoin(assignment);
        if (leaves) {
            blame(child, Cause.of(CauseType.PEER_FAILED, "it had its end confirmed when the job was rolled back"));
        } else if (child.ending != Ending.NONE) {
            // one that had finished was not blamed for its kill: nothing was left for it to do
            blame(child, Cause.of(CauseType.PEER_FAILED, "it was being ended when the job was rolled back"));
        }
        if (child.cause == null && child.ending == Ending.NONE) {
            tell(child, new GroomMessage.Rejoin(assignment), out);
        }
    }

    /** Somebody wants a checkpoint; told again on a new connection until the child answers. */
    void takeCheckpoint(AttemptId attempt, long generation, Output<Void, GroomEffect> out) {
        Child child = children.get(attempt);
        if (child != null && child.generation() == generation) {
            child.takesCheckpoint = true;
            tell(child, new GroomMessage.TakeCheckpoint(generation), out);
        }
    }

    void launched(AttemptId attempt, long pid) {
        Child child = children.get(attempt);
        if (child != null) {
            child.pid = pid;
            child.advance(Phase.STARTED);
        }
    }

    void launchFailed(AttemptId attempt, String reason, Output<Void, GroomEffect> out) {
        Child child = children.get(attempt);
        if (child != null) {
            Cause cause = child.cause != null
                    ? child.cause
                    : Cause.of(CauseType.STORAGE, "the child could not be started: " + reason);
            remove(child, null, cause, out);
        }
    }

    /** Ends an attempt, with grace or without; the slot is free when its exit is seen. */
    void kill(AttemptId attempt, boolean atOnce, Cause cause, long nowNs, Output<Void, GroomEffect> out) {
        Child child = children.get(attempt);
        if (child == null) {
            reportEndAgain(attempt);
            return;
        }
        if (child.ending == Ending.NONE) {
            note(child, false, "is killed: " + cause.message(), out);
        }
        blame(child, cause);
        if (atOnce) {
            force(child, nowNs, out);
        } else if (child.ending == Ending.NONE) {
            child.ending = Ending.ASKED;
            child.endDueNs = nowNs + config.killGraceNs();
            out.effect(new GroomEffect.Signal(attempt, false));
        }
    }

    void killAll(Cause cause, long nowNs, Output<Void, GroomEffect> out) {
        for (AttemptId attempt : new ArrayList<>(children.keySet())) {
            kill(attempt, true, cause, nowNs, out);
        }
    }

    /** Keeps the table for the children of its job and generation and tells it to those that are connected. */
    void publish(PeerTable table, Output<Void, GroomEffect> out) {
        for (Child child : children.values()) {
            boolean meant = child.attempt().job().equals(table.job()) && child.generation() == table.generation();
            if (meant && child.table == null) {
                child.table = table;
                tell(child, new GroomMessage.Peers(table), out);
            }
        }
    }

    /** The job has ended: whatever runs of it goes, then its files, then the memory of it. */
    void forget(JobId job, long nowNs, Output<Void, GroomEffect> out) {
        jobs.add(job);
        forgotten.add(job);
        for (AttemptId attempt : new ArrayList<>(children.keySet())) {
            if (attempt.job().equals(job)) {
                kill(attempt, true, Cause.of(CauseType.PREEMPTED, "job " + job + " has ended"), nowNs, out);
            }
        }
        removeIfForgotten(job, out);
    }

    /** The incarnation is over and no child is left: nothing is remembered. */
    void clear(Output<Void, GroomEffect> out) {
        for (JobId job : jobs) {
            out.effect(new GroomEffect.RemoveJobFiles(job));
        }
        jobs.clear();
        forgotten.clear();
        ends.clear();
    }

    /** The master has stored the attempt's result: the child may leave, unless a roll-back has undone it since. */
    void confirm(GroomReport.Finished finished, long nowNs, Output<Void, GroomEffect> out) {
        Child child = children.get(finished.attempt());
        boolean stands = child != null && child.generation() == finished.generation();
        if (stands && child.advance(Phase.CONFIRMED)) {
            expectExit(child, nowNs + config.pingTimeoutNs());
            tell(child, new GroomMessage.EndConfirmed(child.generation()), out);
        }
    }

    /** Says something to every attached child. */
    void tellAll(GroomMessage message, Output<Void, GroomEffect> out) {
        for (Child child : children.values()) {
            tell(child, message, out);
        }
    }

    void tell(Child child, GroomMessage message, Output<Void, GroomEffect> out) {
        if (child.isConnected()) {
            out.effect(new GroomEffect.ToChild(child.connection, message));
        }
    }

    /** When the grace of a child that is to leave from now on is over. */
    long graceEndNs(long nowNs) {
        return nowNs + config.killGraceNs();
    }

    /** The child will leave by itself; if it has not by then it is killed. */
    void expectExit(Child child, long byNs) {
        if (child.ending == Ending.NONE) {
            child.endDueNs = byNs;
        }
    }

    /** The first reason is the reason, and there is none for an attempt that has handed in its result. */
    void blame(Child child, Cause cause) {
        if (child.cause == null && !child.hasFinished()) {
            child.cause = cause;
        }
    }

    void exited(AttemptId attempt, Exit exit, boolean outOfMemory, Output<Void, GroomEffect> out) {
        Child child = children.get(attempt);
        if (child == null) {
            return;
        }
        Cause cause = null;
        if (!child.hasFinished()) {
            cause = child.cause != null ? child.cause : ExitCauses.of(exit, outOfMemory, child.hasAttached());
        }
        remove(child, exit, cause, out);
    }

    /** SIGKILL, sent again should it do nothing. */
    void force(Child child, long nowNs, Output<Void, GroomEffect> out) {
        child.ending = Ending.FORCED;
        child.endDueNs = nowNs + Math.max(config.killGraceNs(), config.pingIntervalNs());
        out.effect(new GroomEffect.Signal(child.attempt(), true));
    }

    private boolean reportEndAgain(AttemptId attempt) {
        GroomReport.Ended ended = ends.get(attempt);
        if (ended == null) {
            return false;
        }
        if (!reports.contains(ended)) {
            reports.add(ended);
        }
        return true;
    }

    private void remove(Child child, Exit exit, Cause cause, Output<Void, GroomEffect> out) {
        children.remove(child.attempt());
        if (child.isConnected()) {
            out.effect(new GroomEffect.CloseConnection(child.connection));
        }
        note(
                child,
                cause != null && cause.type().isCharged(),
                "has ended: " + (cause == null ? exit : cause.message()),
                out);
        end(child.attempt(), child.generation(), exit, cause, out);
    }

    private void end(AttemptId attempt, long generation, Exit exit, Cause cause, Output<Void, GroomEffect> out) {
        Cause placed = cause == null
                ? null
                : cause.at(attempt.toString(), config.name().value());
        GroomReport.Ended ended = new GroomReport.Ended(attempt, generation, exit, placed);
        ends.put(attempt, ended);
        if (ends.size() > MOST_ENDS) {
            ends.pollFirstEntry();
        }
        reports.add(ended);
        removeIfForgotten(attempt.job(), out);
    }

    private void removeIfForgotten(JobId job, Output<Void, GroomEffect> out) {
        boolean runs =
                children.keySet().stream().anyMatch(attempt -> attempt.job().equals(job));
        if (!forgotten.contains(job) || runs) {
            return;
        }
        forgotten.remove(job);
        jobs.remove(job);
        ends.keySet().removeIf(attempt -> attempt.job().equals(job));
        out.effect(new GroomEffect.RemoveJobFiles(job));
    }

    private static void note(Child child, boolean warning, String what, Output<Void, GroomEffect> out) {
        out.effect(new GroomEffect.Note(
                warning, "[" + child.attempt() + " g" + child.generation() + " pid " + child.pid + "] " + what));
    }
}
