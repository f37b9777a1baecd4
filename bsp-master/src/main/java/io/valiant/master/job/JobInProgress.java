package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.concurrent.Core;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.id.TaskId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.Turn;
import io.valiant.master.recovery.RecoveryPlan;
import io.valiant.master.schedule.PlacementRequest;
import io.valiant.master.schedule.Selector;
import io.valiant.master.schedule.TaskWish;
import io.valiant.protocol.Exit;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.TaskResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job. Verbs write what happened into its fields; {@link #advance} then does what they call for. A job that has a cause
 * but has not ended is <em>ending</em>: it waits until its processes are gone.
 */
final class JobInProgress {
    private static final Logger LOG = LoggerFactory.getLogger(JobInProgress.class);

    /** Nothing to wait for. */
    private static final long AT_ONCE = Long.MIN_VALUE;

    final JobId id;
    final long number;
    final JobSpec spec;
    private final Selector selector;
    private final Instant submittedAt;
    private final JobServices services;
    private final List<TaskInProgress> tasks = new ArrayList<>();

    // stored
    private JobState state;
    private long generation;
    private int rollbacks;
    private boolean committing;
    private String secret;
    private Cause cause;
    private Instant startedAt;
    private Instant finishedAt;
    private boolean settled;
    private boolean dirty;
    private List<List<InputSplit>> splits = List.of();

    // soft: of this leadership
    private String reason;
    private long nextTryNs = AT_ONCE;
    private Instant nextTryAt;
    private long linkLossNs = Core.NO_DEADLINE;
    private int losses;
    private long lastLossNs;
    private boolean lastRollBackFree;
    private boolean prepareAsked;
    private boolean commitAsked;
    private final Dispatch dispatch;
    private final Closing closing;
    private final JobReport report = new JobReport(this);
    private JobStatus status;

    /** A new job. */
    JobInProgress(JobId id, long number, JobSpec spec, Instant submittedAt, JobServices services) {
        this.id = id;
        this.number = number;
        this.spec = spec;
        this.selector = Selector.parse(spec.selector());
        this.submittedAt = submittedAt;
        this.services = services;
        this.state = JobState.CREATED;
        this.dirty = true;
        this.dispatch = new Dispatch(this, services.grooms());
        this.closing = new Closing(this, services.grooms());
        for (int task = 0; task < spec.tasks(); task++) {
            tasks.add(new TaskInProgress(new TaskId(id, task)));
        }
    }

    /** A stored job; splits and attempts follow. */
    JobInProgress(MasterRecord.Job row, JobServices services) {
        this(row.id(), row.number(), row.spec(), row.submittedAt(), services);
        state = row.state();
        generation = row.generation();
        rollbacks = row.rollbacks();
        committing = row.committing();
        secret = row.secret();
        cause = row.cause();
        startedAt = row.startedAt();
        finishedAt = row.finishedAt();
        settled = row.settled();
        dirty = false;
    }

    void load(List<List<InputSplit>> stored) {
        splits = stored;
    }

    void load(MasterRecord.Attempt row) {
        tasks.get(row.id().task()).load(new AttemptInProgress(row));
    }

    // ---- what others see

    /** What people see of it may have changed. */
    void changed() {
        status = null;
    }

    /** What people see; the same object until something changed. */
    JobStatus status(long nowNs) {
        if (status == null) {
            status = report.write(nowNs);
        }
        return status;
    }

    JobState state() {
        return state;
    }

    long generation() {
        return generation;
    }

    int rollbacks() {
        return rollbacks;
    }

    boolean isCommitting() {
        return committing;
    }

    boolean isSettled() {
        return settled;
    }

    String secret() {
        return secret;
    }

    Cause cause() {
        return cause;
    }

    String reason() {
        return reason;
    }

    Instant submittedAt() {
        return submittedAt;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant finishedAt() {
        return finishedAt;
    }

    Instant nextTryAt() {
        return nextTryAt;
    }

    List<TaskInProgress> tasks() {
        return tasks;
    }

    List<InputSplit> splits(int task) {
        return splits.isEmpty() ? List.of() : splits.get(task);
    }

    /** Whether the peers of the current generation were told where they are. */
    boolean isPublished() {
        return dispatch.isPublished();
    }

    /** Whether it only waits for its processes to go. */
    boolean isEnding() {
        return !state.isEnded() && cause != null;
    }

    AttemptInProgress attempt(int task, int attemptNumber) {
        return task < tasks.size() ? tasks.get(task).number(attemptNumber) : null;
    }

    /** Every attempt of which a process may be there. */
    List<AttemptInProgress> processes() {
        List<AttemptInProgress> present = new ArrayList<>();
        for (TaskInProgress task : tasks) {
            for (AttemptInProgress attempt : task.attempts()) {
                if (!attempt.isGone()) {
                    present.add(attempt);
                }
            }
        }
        return present;
    }

    // ---- verbs

    /** A leadership begins, all rows are there: attempts of incarnations that are over are lost, the rest is as it was. */
    void start(Turn turn) {
        for (AttemptInProgress attempt : processes()) {
            if (services.grooms().isLive(attempt.groom, attempt.incarnation)) {
                services.grooms().occupy(attempt.groom, attempt.incarnation, attempt.id);
                boolean linkLost = attempt.generation == generation && attempt.cause() != null;
                if (linkLost && !attempt.state().isEnded() && !isEnding()) {
                    linkLossNs = turn.nowNs() + services.config().linkLossGraceNs();
                }
            } else {
                lost(attempt, "its groom was lost", turn);
            }
        }
        advance(turn);
    }

    void prepared(List<List<InputSplit>> computed, Turn turn) {
        if (state != JobState.CREATED || isEnding()) {
            return;
        }
        splits = computed;
        turn.store(new MasterRecord.Splits(id, computed));
        become(JobState.PENDING);
    }

    void prepareFailed(Cause why, Turn turn) {
        if (state == JobState.CREATED && !isEnding()) {
            fail(why);
            advance(turn);
        }
    }

    /** Takes a cancel; the job ends once its processes are gone. */
    void cancel(String user, Turn turn) {
        cause = Cause.of(CauseType.PREEMPTED, "cancelled by " + user);
        become(JobState.CANCELING);
        advance(turn);
    }

    void attached(AttemptInProgress attempt, long pid, String host, int port, Turn turn) {
        if (!attempt.isGone() && attempt.result() == null) {
            attempt.attached(pid, host, port);
            advance(turn);
        }
    }

    /** A result counts only from an attempt of the current generation of a job that goes on. */
    void finished(AttemptInProgress attempt, TaskResult result, Turn turn) {
        boolean counts = attempt.generation == generation
                && !attempt.isGone()
                && attempt.result() == null
                && !isEnding()
                && !state.isEnded();
        if (counts) {
            attempt.finished(result);
            LOG.info("{} has finished", attempt);
            advance(turn);
        }
    }

    /** The groom says that the process is gone. */
    void ended(AttemptInProgress attempt, Exit exit, Cause told, Turn turn) {
        attempt.endReported = true;
        if (attempt.isGone()) {
            return;
        }
        if (attempt.result() != null) {
            attempt.leftAfterResult(exit, turn.wall());
            released(attempt);
        } else {
            Cause where = told == null ? null : told.at(attempt.id.toString(), attempt.groom.value());
            Verdict verdict = Verdict.of(wanted(attempt), attempt.cause(), attempt.isCharged(), exit, where);
            conclude(attempt, verdict, exit, turn);
        }
        advance(turn);
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
        advance(turn);
    }

    /** A link of that peer is lost: after a short grace, in which an exit may be reported, the job is rolled back. */
    void linkLost(AttemptInProgress attempt, int peer, long superstep, String detail, Turn turn) {
        boolean counts = attempt.generation == generation
                && !attempt.isGone()
                && attempt.result() == null
                && attempt.cause() == null
                && !isEnding()
                && !state.isEnded();
        if (!counts) {
            return;
        }
        String text = "link to task " + peer + " lost in superstep " + superstep + ": " + detail;
        LOG.warn("{} {}", attempt, text);
        attempt.sentence(Cause.of(CauseType.PEER_FAILED, text).at(attempt.id.toString(), attempt.groom.value()), false);
        if (linkLossNs == Core.NO_DEADLINE) {
            linkLossNs = turn.nowNs() + services.config().linkLossGraceNs();
        }
    }

    /** An operator wants an attempt to end; the whole generation ends with it. */
    void endAttempt(AttemptInProgress attempt, boolean charged, String user, Turn turn) {
        String text = (charged ? "failed by " : "killed by ") + user;
        attempt.sentence(Cause.of(CauseType.PREEMPTED, text).at(attempt.id.toString(), attempt.groom.value()), charged);
        if (attempt.generation == generation) {
            react(attempt, attempt.cause(), charged, turn);
        }
        advance(turn);
    }

    void outputCommitted(Turn turn) {
        if (committing && !state.isEnded() && !isEnding()) {
            succeed(turn);
            advance(turn);
        }
    }

    void commitFailed(Cause why, Turn turn) {
        if (committing && !state.isEnded() && !isEnding()) {
            fail(why);
            advance(turn);
        }
    }

    void temporaryDiscarded(Turn turn) {
        closing.discarded();
        advance(turn);
    }

    /** Lets what is due happen. */
    void tick(Turn turn) {
        if (linkLossNs <= turn.nowNs()) {
            linkLossNs = Core.NO_DEADLINE;
            if (!isEnding() && !state.isEnded()) {
                Cause why = reportedLinkLoss();
                react(null, why, false, turn);
            }
        }
        if (nextTryNs <= turn.nowNs()) {
            nextTryNs = AT_ONCE;
            nextTryAt = null;
        }
        advance(turn);
    }

    long nextDeadlineNs() {
        long wait = nextTryNs == AT_ONCE ? Core.NO_DEADLINE : nextTryNs;
        return Math.min(wait, linkLossNs);
    }

    // ---- placement

    /** Its wish for the scheduler, or null if it does not wait for placement now. */
    PlacementRequest request() {
        boolean waits = (state == JobState.PENDING || state == JobState.RECOVERING)
                && !isEnding()
                && nextTryNs == AT_ONCE
                && tasks.get(0).in(generation) == null;
        if (!waits) {
            return null;
        }
        List<TaskWish> wishes = new ArrayList<>();
        for (TaskInProgress task : tasks) {
            wishes.add(services.planner().wish(task.history()));
        }
        return new PlacementRequest(
                id, number, spec.priority(), selector, processes().isEmpty(), wishes);
    }

    /** It has to wait; why is for people. */
    void waits(String why) {
        if (state == JobState.RECOVERING && processes().isEmpty()) {
            become(JobState.PENDING);
        }
        if (!why.equals(reason)) {
            LOG.info("[{} g{}] waits: {}", id, generation, why);
            reason = why;
            changed();
        }
    }

    /** All tasks have a slot: their attempts begin. */
    void placed(List<GroomId> grooms, Turn turn) {
        if (generation == 0) {
            generation = 1;
            secret = services.random().hex128();
            startedAt = turn.wall();
        }
        reason = null;
        changed();
        become(generation == 1 ? JobState.RUNNING : JobState.RECOVERING);
        for (TaskInProgress task : tasks) {
            GroomId groom = grooms.get(task.id.index());
            long incarnation = services.grooms().incarnation(groom);
            AttemptInProgress attempt = task.assign(groom, incarnation, generation, turn.wall());
            services.grooms().occupy(groom, incarnation, attempt.id);
            LOG.info("{} assigned to {} i{}", attempt, groom, incarnation);
        }
        advance(turn);
    }

    // ---- what follows

    /** Does all that the job's fields call for and was not done in this leadership yet. Idempotent. */
    void advance(Turn turn) {
        if (!state.isEnded() && !isEnding()) {
            if (state == JobState.CREATED) {
                prepare(turn);
                return;
            }
            dispatch.run(turn);
            commitIfFinished(turn);
        }
        if (isEnding()) {
            dispatch.stopAll(turn);
            if (processes().isEmpty()) {
                end(state == JobState.CANCELING ? JobState.KILLED : JobState.FAILED, turn);
            }
        }
        if (state.isEnded() && !settled && closing.isDone(turn)) {
            settled = true;
            dirty = true;
        }
    }

    private void prepare(Turn turn) {
        if (!prepareAsked) {
            prepareAsked = true;
            turn.effect(new MasterEffect.Prepare(id, spec));
        }
    }

    /** All peers of the generation are attached. */
    void launched() {
        if (state == JobState.RECOVERING) {
            become(JobState.RUNNING);
        }
    }

    private void commitIfFinished(Turn turn) {
        List<OutputPart> parts = new ArrayList<>();
        for (TaskInProgress task : tasks) {
            AttemptInProgress attempt = task.in(generation);
            if (attempt == null || attempt.state() != AttemptState.COMMITTING) {
                return;
            }
            parts.addAll(attempt.result().parts());
        }
        if (!committing) {
            committing = true;
            dirty = true;
            linkLossNs = Core.NO_DEADLINE;
        }
        if (spec.output() == null) {
            succeed(turn);
        } else if (!commitAsked) {
            commitAsked = true;
            turn.effect(new MasterEffect.CommitOutput(id, spec, parts));
        }
    }

    private void succeed(Turn turn) {
        for (TaskInProgress task : tasks) {
            task.in(generation).succeeded();
        }
        end(JobState.SUCCEEDED, turn);
    }

    private void end(JobState last, Turn turn) {
        become(last);
        finishedAt = turn.wall();
        reason = null;
        nextTryNs = AT_ONCE;
        nextTryAt = null;
        linkLossNs = Core.NO_DEADLINE;
        LOG.info("[{} g{}] {}{}", id, generation, last, cause == null ? "" : ": " + cause.message());
    }

    private void conclude(AttemptInProgress attempt, Verdict verdict, Exit exit, Turn turn) {
        attempt.ended(verdict.state(), verdict.cause(), verdict.charged(), exit, turn.wall());
        released(attempt);
        LOG.info(
                "{} {}{}: {}",
                attempt,
                verdict.state(),
                verdict.charged() ? ", charged" : "",
                verdict.cause().message());
        if (isEnding() || state.isEnded()) {
            return;
        }
        if (attempt.generation == generation) {
            react(attempt, verdict.cause(), verdict.charged(), turn);
        } else if (verdict.charged()) {
            chargedLate(attempt, verdict.cause());
        }
    }

    private void released(AttemptInProgress attempt) {
        services.grooms().release(attempt.groom, attempt.incarnation, attempt.id);
    }

    /** The current generation is over. */
    private void react(AttemptInProgress culprit, Cause why, boolean charged, Turn turn) {
        RecoveryPlan plan;
        if (charged) {
            plan = services.planner().afterCharged(tasks.get(culprit.id.task()).failures(), spec.maxAttempts());
        } else {
            plan = services.planner().afterUncharged(rollbacks, spec.maxRollbacks(), countLoss(why.type(), turn));
        }
        if (plan instanceof RecoveryPlan.GiveUp giveUp) {
            fail(giveUp.reason() == null ? why : prefixed(giveUp.reason() + "; last: ", why));
        } else if (plan instanceof RecoveryPlan.RollBack rollBack) {
            rollBack(rollBack, why, turn);
        }
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

    private void rollBack(RecoveryPlan.RollBack plan, Cause why, Turn turn) {
        generation++;
        secret = services.random().hex128();
        rollbacks += plan.free() ? 1 : 0;
        lastRollBackFree = plan.free();
        linkLossNs = Core.NO_DEADLINE;
        become(JobState.RECOVERING);
        LOG.info("[{} g{}] rolled back to superstep 0: {}", id, generation, why.message());
        if (plan.waitNs() > 0) {
            nextTryNs = turn.nowNs() + plan.waitNs();
            nextTryAt = turn.wall().plusNanos(plan.waitNs());
            reason = "back-off until " + nextTryAt + " after: " + why.message();
        }
    }

    /** The end of an attempt that was rolled back already tells who was at fault after all. */
    private void chargedLate(AttemptInProgress culprit, Cause why) {
        RecoveryPlan plan =
                services.planner().afterCharged(tasks.get(culprit.id.task()).failures(), spec.maxAttempts());
        if (plan instanceof RecoveryPlan.GiveUp) {
            fail(why);
        } else if (lastRollBackFree && culprit.generation == generation - 1) {
            lastRollBackFree = false;
            rollbacks--;
            dirty = true;
            nextTryNs = AT_ONCE;
            nextTryAt = null;
        }
    }

    private void fail(Cause why) {
        cause = why;
        dirty = true;
        committing = false;
        nextTryNs = AT_ONCE;
        nextTryAt = null;
        if (state == JobState.RUNNING) {
            become(JobState.RECOVERING);
        }
    }

    private Cause reportedLinkLoss() {
        for (TaskInProgress task : tasks) {
            AttemptInProgress attempt = task.in(generation);
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

    /** Why the master itself wants that attempt to end. */
    Verdict.Wanted wanted(AttemptInProgress attempt) {
        if (state == JobState.CANCELING) {
            return Verdict.Wanted.CANCELLED;
        }
        return isEnding() || attempt.generation < generation ? Verdict.Wanted.OUTDATED : Verdict.Wanted.NO;
    }

    private void become(JobState next) {
        state = LifeCycles.JOB.move(state, next, "job " + id);
        dirty = true;
    }

    /** Stores what changed. */
    void flush(Turn turn) {
        if (dirty) {
            dirty = false;
            turn.store(row());
        }
        for (TaskInProgress task : tasks) {
            for (AttemptInProgress attempt : task.attempts()) {
                if (attempt.takeDirty()) {
                    turn.store(attempt.row());
                }
            }
        }
    }

    private MasterRecord.Job row() {
        return new MasterRecord.Job(
                id,
                number,
                spec,
                state,
                generation,
                rollbacks,
                committing,
                secret,
                cause,
                submittedAt,
                startedAt,
                finishedAt,
                settled);
    }

    /** Adds all its rows as they would be stored now. */
    void rows(List<MasterRecord> rows) {
        rows.add(row());
        if (!splits.isEmpty()) {
            rows.add(new MasterRecord.Splits(id, splits));
        }
        for (TaskInProgress task : tasks) {
            for (AttemptInProgress attempt : task.attempts()) {
                rows.add(attempt.row());
            }
        }
    }
}
