package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.master.core.Observation;
import io.valiant.master.core.Turn;
import io.valiant.protocol.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ends of a job's attempts: judged, stored with the attempt, and what they mean for the job. */
final class Ends {
    private static final Logger LOG = LoggerFactory.getLogger(Ends.class);

    private final JobInProgress job;
    private final JobFacts facts;
    private final JobServices services;
    private final JobRecovery recovery;
    private final KeptAttempts kept;

    Ends(JobInProgress job, JobServices services, JobRecovery recovery, KeptAttempts kept) {
        this.job = job;
        this.facts = job.facts();
        this.services = services;
        this.recovery = recovery;
        this.kept = kept;
    }

    /** The groom says that the process is gone, which was in {@code generation}: the attempt's, or one before. */
    void ended(AttemptInProgress attempt, long generation, Exit exit, Cause told, Turn turn) {
        attempt.endReported = true;
        if (attempt.isGone()) {
            return;
        }
        if (attempt.result() != null) {
            attempt.leftAfterResult(exit, turn.wall());
            released(attempt);
        } else {
            Cause where = told == null ? null : told.at(attempt.id.toString(), attempt.groom.value());
            Verdict verdict =
                    Verdict.of(wanted(attempt, generation, told), attempt.cause(), attempt.isCharged(), exit, where);
            conclude(attempt, verdict, exit, turn);
        }
    }

    /** Its groom's incarnation is over, or its groom has no trace of it. */
    void lost(AttemptInProgress attempt, String why, Turn turn) {
        if (attempt.isGone()) {
            return;
        }
        if (attempt.result() != null) {
            attempt.leftAfterResult(null, turn.wall());
            released(attempt);
        } else {
            Cause lost = Cause.of(CauseType.GROOM_LOST, why).at(attempt.id.toString(), attempt.groom.value());
            boolean sentenced = attempt.isCharged();
            Verdict verdict = sentenced
                    ? new Verdict(AttemptState.FAILED, attempt.cause(), true)
                    : new Verdict(AttemptState.LOST, lost, false);
            conclude(attempt, verdict, null, turn);
        }
    }

    private void conclude(AttemptInProgress attempt, Verdict verdict, Exit exit, Turn turn) {
        boolean replaceable = job.isCurrent(attempt) && kept.mayReplace(attempt, job.isPublished());
        attempt.ended(verdict.state(), verdict.cause(), verdict.charged(), exit, turn.wall());
        released(attempt);
        turn.observe(new Observation.AttemptEnded(verdict.state()));
        LOG.info(
                "{} {}{}: {}",
                attempt,
                verdict.state(),
                verdict.charged() ? ", charged" : "",
                verdict.cause().message());
        if (verdict.charged() && verdict.cause().type() != CauseType.PREEMPTED) {
            services.grooms().failed(attempt.groom, attempt.incarnation, facts.id, turn);
        }
        if (!job.isCurrent(attempt)) {
            if (facts.isActive() && verdict.charged()) {
                recovery.chargedLate(attempt, verdict.cause());
            }
        } else if (verdict.charged() || !replaceable) {
            recovery.react(attempt, verdict.cause(), verdict.charged(), turn);
        }
    }

    private void released(AttemptInProgress attempt) {
        services.grooms().release(attempt.groom, attempt.incarnation, attempt.id);
    }

    /**
     * Why the master itself wants that attempt to end. Kept over a roll-back, it may have left in the generation before, with
     * its result handed in: then its groom gives no cause.
     */
    private Verdict.Wanted wanted(AttemptInProgress attempt, long generation, Cause told) {
        if (facts.state() == JobState.CANCELING) {
            return Verdict.Wanted.CANCELLED;
        }
        boolean leftBefore = generation < attempt.generation && told == null;
        return facts.isEnding() || attempt.generation < facts.generation() || leftBefore
                ? Verdict.Wanted.OUTDATED
                : Verdict.Wanted.NO;
    }
}
