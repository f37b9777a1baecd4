package io.valiant.master.job;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.GroomId;
import io.valiant.master.core.Turn;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What grooms tell of a job's attempts, and workers of its checkpoints. What is of a generation that is over changes nothing. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final JobInProgress job;
    private final JobFacts facts;
    private final JobRecovery recovery;
    private final Checkpointing checkpoints;
    private final Stopping stopping;
    private final Ends ends;

    Reports(JobInProgress job, JobRecovery recovery, Ends ends) {
        this.job = job;
        this.facts = job.facts();
        this.checkpoints = job.checkpoints();
        this.stopping = job.stopping();
        this.recovery = recovery;
        this.ends = ends;
    }

    /**
     * Takes a report of one of its attempts, of the attempt's generation or an earlier one. Of an earlier one only what ends the
     * attempt counts: the attempt is what ended, whatever generation its groom had seen.
     */
    void take(AttemptInProgress attempt, GroomReport report, Turn turn) {
        if (report instanceof GroomReport.Ended ended) {
            ends.ended(attempt, ended.generation(), ended.exit(), ended.cause(), turn);
        } else if (report instanceof GroomReport.RestoreFailed failed) {
            restoreFailed(attempt, failed, turn);
        } else if (report.generation() != attempt.generation || attempt.isGone() || attempt.result() != null) {
            return;
        } else if (report instanceof GroomReport.Attached attached) {
            attempt.attached(attached.pid(), attached.host(), attached.port());
        } else if (job.isCurrent(attempt)) {
            takeCurrent(attempt, report, turn);
        }
    }

    /** Of an attempt of the current generation of a job that goes on. */
    private void takeCurrent(AttemptInProgress attempt, GroomReport report, Turn turn) {
        if (report instanceof GroomReport.Finished finished) {
            finished(attempt, finished.result());
        } else if (report instanceof GroomReport.LinkLost lost) {
            linkLost(attempt, lost, turn);
        } else if (report instanceof GroomReport.Checkpointed written) {
            if (written.part().task() == attempt.id.task()) {
                checkpoints.part(written.superstep(), written.part(), turn);
            }
        } else if (report instanceof GroomReport.CheckpointFailed failed) {
            LOG.warn("{} no checkpoint of superstep {}: {}", attempt, failed.superstep(), failed.reason());
            checkpoints.partFailed(failed.superstep(), turn);
            stopIfWanted(turn);
        }
    }

    private static void finished(AttemptInProgress attempt, TaskResult result) {
        attempt.finished(result);
        LOG.info("{} has finished", attempt);
    }

    /** A link of that peer is lost: after a short grace, in which an exit may be reported, the job is rolled back. */
    private void linkLost(AttemptInProgress attempt, GroomReport.LinkLost lost, Turn turn) {
        countLost(attempt, lost.peer());
        if (attempt.cause() != null) {
            return;
        }
        String text = "link to task " + lost.peer() + " lost in superstep " + SuperstepStatus.label(lost.superstep())
                + ": " + lost.detail();
        LOG.warn("{} {}", attempt, text);
        attempt.sentence(Cause.of(CauseType.PEER_FAILED, text).at(attempt.id.toString(), attempt.groom.value()), false);
        recovery.linkLost(turn);
    }

    private void countLost(AttemptInProgress attempt, int peer) {
        boolean isTask = peer >= 0 && peer < job.tasks().size();
        AttemptInProgress other = isTask ? job.tasks().get(peer).in(attempt.generation) : null;
        if (other != null) {
            job.lostLinks().lost(attempt.groom, other.groom, attempt.generation);
        }
    }

    /**
     * A task cannot begin from the checkpoint of that generation. It ends without being charged. If it was kept since, and has
     * attached again, the report is an old one.
     */
    private void restoreFailed(AttemptInProgress attempt, GroomReport.RestoreFailed failed, Turn turn) {
        long generation = failed.generation();
        CheckpointRef bad = failed.checkpoint();
        String why = failed.reason();
        boolean rejoined = generation < attempt.generation && attempt.host() != null;
        if (attempt.isGone() || attempt.result() != null || rejoined) {
            return;
        }
        if (!attempt.isSentenced()) {
            Cause cause = Cause.of(CauseType.STORAGE, bad + " cannot be restored: " + why);
            attempt.sentence(cause.at(attempt.id.toString(), attempt.groom.value()), false);
        }
        if (facts.isActive()
                && job.isCurrent(attempt)
                && generation == attempt.generation
                && bad.equals(facts.restore())) {
            recovery.restoreFailed(bad, "task " + attempt.id.task() + " on " + attempt.groom + ": " + why, turn);
        }
    }

    void manifestWritten(CheckpointRef checkpoint, long bytes, Turn turn) {
        if (checkpoints.written(checkpoint, bytes, turn)) {
            stopIfWanted(turn);
        }
    }

    void manifestFailed(long generation, long superstep, Cause why, Turn turn) {
        if (checkpoints.failed(generation, superstep, why.message())) {
            stopIfWanted(turn);
        }
    }

    /** There is a newer checkpoint, or there will be none. */
    private void stopIfWanted(Turn turn) {
        if (stopping.isWanted()) {
            recovery.carryOutStop(turn);
        }
    }

    /** A groom is no place for attempts any more, though it is there: they end, and the job goes on elsewhere. */
    void unhealthy(GroomId groom, long incarnation, String why, Turn turn) {
        AttemptInProgress evicted = null;
        for (AttemptInProgress attempt : job.processes()) {
            boolean there = attempt.groom.equals(groom) && attempt.incarnation == incarnation;
            if (there && job.isCurrent(attempt) && attempt.result() == null) {
                Cause cause = Cause.of(CauseType.STORAGE, "groom " + groom + " is unhealthy: " + why);
                attempt.sentence(cause.at(attempt.id.toString(), groom.value()), false);
                evicted = attempt;
            }
        }
        if (evicted != null) {
            recovery.react(evicted, evicted.cause(), false, turn);
        }
    }
}
