package io.valiant.master.job;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.concurrent.Core;
import io.valiant.master.core.Observation;
import io.valiant.master.core.Turn;
import io.valiant.master.recovery.RecoveryPlan;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.RollBackStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a job when an attempt or a link fails: it is rolled back, or fails. Keeps what is soft about it: the grace
 * after a lost link, the losses in a row, the wait before the next try.
 */
final class JobRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(JobRecovery.class);

    private static final int MOST_SHOWN = 100;

    /** Nothing to wait for. */
    private static final long AT_ONCE = Long.MIN_VALUE;

    private final JobFacts facts;
    private final List<TaskInProgress> tasks;
    private final JobServices services;
    private final Checkpointing checkpoints;
    private final KeptAttempts kept;
    private final Stopping stopping;

    private long linkLossNs = Core.NO_DEADLINE;
    private int losses;
    private long lastLossNs;
    private boolean lastRollBackFree;
    private long nextTryNs = AT_ONCE;
    private Instant nextTryAt;
    private String backOffReason;

    /** The newest roll-backs, for showing. */
    private final ArrayDeque<RollBackStatus> history = new ArrayDeque<>();

    JobRecovery(
            JobFacts facts,
            List<TaskInProgress> tasks,
            JobServices services,
            Checkpointing checkpoints,
            KeptAttempts kept,
            Stopping stopping) {
        this.facts = facts;
        this.tasks = tasks;
        this.services = services;
        this.checkpoints = checkpoints;
        this.kept = kept;
        this.stopping = stopping;
    }

    List<RollBackStatus> history() {
        return List.copyOf(history);
    }

    /** Whether it has to wait before it is placed again. */
    boolean isBackingOff() {
        return nextTryNs != AT_ONCE;
    }

    /** When that is over, for showing; null if it does not wait. */
    Instant nextTryAt() {
        return nextTryAt;
    }

    /** Why it waits, for people; null if it does not. */
    String backOffReason() {
        return backOffReason;
    }

    long nextDeadlineNs() {
        return Math.min(isBackingOff() ? nextTryNs : Core.NO_DEADLINE, linkLossNs);
    }

    void tick(Turn turn) {
        if (linkLossNs <= turn.nowNs()) {
            linkLossNs = Core.NO_DEADLINE;
            if (facts.isActive()) {
                react(null, reportedLinkLoss(), false, turn);
            }
        }
        if (nextTryNs <= turn.nowNs()) {
            forgetWait();
        }
    }

    /** A link was reported lost: the exit of the culprit may be reported yet. */
    void linkLost(Turn turn) {
        if (linkLossNs == Core.NO_DEADLINE) {
            linkLossNs = turn.nowNs() + services.config().linkLossGraceNs();
        }
    }

    /** All results of the generation are there, or the job ends: nothing to recover from any more. */
    void stop() {
        linkLossNs = Core.NO_DEADLINE;
        forgetWait();
    }

    private void forgetWait() {
        nextTryNs = AT_ONCE;
        nextTryAt = null;
        backOffReason = null;
    }

    /** The current generation is over. {@code culprit} may be null if nobody is charged. */
    void react(AttemptInProgress culprit, Cause why, boolean charged, Turn turn) {
        RecoveryPlan plan = charged
                ? services.planner().afterCharged(failuresOf(culprit), facts.spec.maxAttempts())
                : free(why, turn);
        carryOut(plan, why, true, turn);
    }

    /** An attempt of the current generation, which has begun, cannot be replaced: another begins, in which nobody stays. */
    void replacementFailed(Cause why, Turn turn) {
        carryOut(free(why, turn), why, false, turn);
    }

    private RecoveryPlan free(Cause why, Turn turn) {
        int inARow = countLoss(why.type(), turn);
        return services.planner().afterUncharged(facts.rollbacksSince(), facts.spec.maxRollbacks(), inARow);
    }

    private void carryOut(RecoveryPlan plan, Cause why, boolean mayStay, Turn turn) {
        if (plan instanceof RecoveryPlan.GiveUp giveUp) {
            fail(giveUp.reason() == null ? why : prefixed(giveUp.reason() + "; last: ", why));
        } else if (plan instanceof RecoveryPlan.RollBack rollBack) {
            rollBack(rollBack, why, mayStay, turn);
        }
    }

    /** The generation cannot begin from its checkpoint: the next tries the one before. Not counted: there are only so many. */
    void restoreFailed(CheckpointRef bad, String why, Turn turn) {
        checkpoints.drop(bad, why);
        begin(false, true, Cause.of(CauseType.STORAGE, bad + " cannot be restored: " + why), false, turn);
    }

    /** An operator wanted it to stop, and it can: all attempts end, nothing is placed until the task is resumed. */
    void carryOutStop(Turn turn) {
        begin(false, false, Cause.of(CauseType.STOPPED, "task " + facts.stopped() + " was stopped"), false, turn);
    }

    /** The end of an attempt that was rolled back already tells who was at fault after all. */
    void chargedLate(AttemptInProgress culprit, Cause why) {
        RecoveryPlan plan = services.planner().afterCharged(failuresOf(culprit), facts.spec.maxAttempts());
        if (plan instanceof RecoveryPlan.GiveUp) {
            fail(why);
        } else if (lastRollBackFree && culprit.generation == facts.generation() - 1) {
            lastRollBackFree = false;
            facts.chargeLastRollBack();
            forgetWait();
        }
    }

    void fail(Cause why) {
        facts.fail(why);
        stop();
    }

    private int failuresOf(AttemptInProgress culprit) {
        return tasks.get(culprit.id.task()).failures();
    }

    private int countLoss(CauseType type, Turn turn) {
        if (!services.planner().isInfrastructure(type)) {
            return 0;
        }
        if (losses > 0 && turn.nowNs() - lastLossNs > services.planner().resetNs()) {
            losses = 0;
        }
        lastLossNs = turn.nowNs();
        return ++losses;
    }

    private void rollBack(RecoveryPlan.RollBack plan, Cause why, boolean mayStay, Turn turn) {
        begin(plan.free(), mayStay && plan.waitNs() <= 0, why, !plan.free(), turn);
        lastRollBackFree = plan.free();
        if (plan.waitNs() > 0) {
            nextTryNs = turn.nowNs() + plan.waitNs();
            nextTryAt = turn.wall().plusNanos(plan.waitNs());
            backOffReason = "back-off until " + nextTryAt + " after: " + why.message();
        }
    }

    /** The next generation begins from the newest checkpoint; a stop that is wanted is carried out by it. */
    private void begin(boolean counted, boolean mayStay, Cause why, boolean charged, Turn turn) {
        if (facts.stopped() != null) {
            stopping.sentence();
        }
        facts.rollBack(services.random().hex128(), counted, checkpoints.newest());
        kept.generationBegan(mayStay && facts.stopped() == null);
        lastRollBackFree = false;
        linkLossNs = Core.NO_DEADLINE;
        String first = SuperstepStatus.label(facts.firstSuperstep());
        LOG.info("[{} g{}] rolled back to superstep {}: {}", facts.id, facts.generation(), first, why.message());
        turn.observe(new Observation.RolledBack(why.type()));
        turn.tell(
                "JOB_ROLLED_BACK",
                facts.id,
                "job " + facts.id + " generation " + facts.generation() + " goes on from superstep " + first + ": "
                        + why.message());
        if (history.size() == MOST_SHOWN) {
            history.removeFirst();
        }
        history.add(new RollBackStatus(
                facts.generation(), turn.wall(), facts.firstSuperstep(), why.message(), why.attempt(), charged));
    }

    private Cause reportedLinkLoss() {
        for (TaskInProgress task : tasks) {
            AttemptInProgress attempt = task.in(facts.generation());
            if (attempt != null && attempt.cause() != null) {
                return attempt.cause();
            }
        }
        return Cause.of(CauseType.PEER_FAILED, "a link between peers was lost");
    }

    private static Cause prefixed(String prefix, Cause cause) {
        return new Cause(
                cause.type(),
                prefix + cause.message(),
                cause.attempt(),
                cause.groom(),
                cause.superstep(),
                cause.exception(),
                cause.file(),
                cause.line());
    }
}
