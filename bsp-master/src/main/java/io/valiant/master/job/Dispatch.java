package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.id.GroomId;
import io.valiant.master.core.Turn;
import io.valiant.master.groom.GroomManager;
import io.valiant.protocol.Directive;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Tells grooms what a job's attempts call for: launches, peer tables, checkpoints, kills. Each is told once in a leadership, as soon as the
 * groom can be told anything.
 */
final class Dispatch {
    private final JobInProgress job;
    private final GroomManager grooms;

    /** Soft: a new leadership publishes again. */
    private long publishedGeneration;

    Dispatch(JobInProgress job, GroomManager grooms) {
        this.job = job;
        this.grooms = grooms;
    }

    boolean isPublished() {
        return job.generation() > 0 && publishedGeneration == job.generation();
    }

    /** For a job that goes on. */
    void run(Turn turn) {
        for (TaskInProgress task : job.tasks()) {
            for (AttemptInProgress attempt : task.attempts()) {
                boolean over =
                        attempt.generation < job.generation() && !job.kept().stays(attempt);
                if (over || attempt.isSentenced()) {
                    stop(attempt, turn);
                } else if (attempt.generation == job.generation()) {
                    launch(attempt);
                }
            }
        }
        if (!isPublished()) {
            publishIfComplete();
        }
        if (isPublished() && job.stopping().isCheckpointOwed()) {
            askForCheckpoint();
        }
    }

    /** For a job that is ending. */
    void stopAll(Turn turn) {
        for (TaskInProgress task : job.tasks()) {
            for (AttemptInProgress attempt : task.attempts()) {
                stop(attempt, turn);
            }
        }
    }

    /** A JVM that is there already is told to rejoin, unless it was in an earlier leadership; else one is started. */
    private void launch(AttemptInProgress attempt) {
        boolean told = attempt.hadProcess() ? attempt.tableGeneration == attempt.generation : attempt.seen;
        boolean owed = attempt.state() == AttemptState.ASSIGNED && !told && attempt.launchNumber == 0;
        if (owed && grooms.isReachable(attempt.groom, attempt.incarnation)) {
            TaskAssignment assignment = assignment(attempt);
            attempt.launchNumber = grooms.direct(
                    attempt.groom,
                    attempt.hadProcess() ? new Directive.RejoinTask(assignment) : new Directive.LaunchTask(assignment));
        }
    }

    private TaskAssignment assignment(AttemptInProgress attempt) {
        return new TaskAssignment(
                attempt.id,
                attempt.generation,
                job.spec,
                job.splits(attempt.id.task()),
                job.checkpoints().folder(),
                job.facts().restore());
    }

    /** Of peer 0: it decides for all. */
    private void askForCheckpoint() {
        AttemptInProgress first = job.tasks().get(0).in(job.generation());
        if (!first.isGone() && first.result() == null && grooms.isReachable(first.groom, first.incarnation)) {
            grooms.direct(first.groom, new Directive.TakeCheckpoint(first.id, first.generation));
            job.stopping().checkpointAsked();
        }
    }

    private void stop(AttemptInProgress attempt, Turn turn) {
        if (attempt.state().isEnded()) {
            return;
        }
        if (attempt.isGone()) {
            retire(attempt, turn);
        } else if (!attempt.killDirected && grooms.isReachable(attempt.groom, attempt.incarnation)) {
            attempt.killDirected = true;
            boolean atOnce = job.state() != JobState.CANCELING;
            String reason = atOnce ? "generation " + attempt.generation + " is over" : "the job was cancelled";
            if (attempt.isSentenced()) {
                reason = attempt.cause().message();
            }
            grooms.direct(attempt.groom, new Directive.KillAttempt(attempt.id, atOnce, reason));
        }
    }

    /** It had finished and left, but its result will not be used. */
    private void retire(AttemptInProgress attempt, Turn turn) {
        Cause why = attempt.cause();
        if (why == null) {
            why = job.state() == JobState.CANCELING
                    ? Cause.of(CauseType.PREEMPTED, "the job was cancelled")
                    : Cause.of(CauseType.PEER_FAILED, "its result was dropped because another peer failed");
        }
        AttemptState last = Verdict.stateFor(why.type(), attempt.isCharged());
        attempt.ended(last, why, attempt.isCharged(), null, turn.wall());
    }

    private void publishIfComplete() {
        List<PeerTable.PeerAddress> peers = new ArrayList<>();
        TreeSet<GroomId> receivers = new TreeSet<>();
        for (TaskInProgress task : job.tasks()) {
            AttemptInProgress attempt = task.in(job.generation());
            if (attempt == null || !attempt.isAttached()) {
                return;
            }
            peers.add(new PeerTable.PeerAddress(attempt.id, attempt.groom.value(), attempt.host(), attempt.port()));
            if (!attempt.isGone() && grooms.isReachable(attempt.groom, attempt.incarnation)) {
                receivers.add(attempt.groom);
            }
        }
        Directive directive = new Directive.PublishPeers(
                new PeerTable(job.id, job.generation(), job.facts().secret(), peers));
        for (GroomId groom : receivers) {
            grooms.direct(groom, directive);
        }
        publishedGeneration = job.generation();
        job.launched();
    }
}
