package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.id.TaskId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.Turn;
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
 * One job. Verbs write what happened into its fields; at the end of the step {@link #advance} does what they call for. A job that has a cause
 * but has not ended is <em>ending</em>: it waits until its processes are gone.
 */
final class JobInProgress {
    private static final Logger LOG = LoggerFactory.getLogger(JobInProgress.class);

    final JobId id;
    final long number;
    final JobSpec spec;
    private final Selector selector;
    private final JobServices services;
    private final List<TaskInProgress> tasks = new ArrayList<>();

    private final JobFacts facts;
    private final JobRecovery recovery;
    private List<List<InputSplit>> splits = List.of();

    // soft: of this leadership
    private String reason;
    private boolean prepareAsked;
    private boolean commitAsked;
    private final Dispatch dispatch;
    private final Closing closing;
    private final JobReport report = new JobReport(this);
    private JobStatus status;

    /** A new job. */
    JobInProgress(JobId id, long number, JobSpec spec, Instant submittedAt, JobServices services) {
        this(new JobFacts(id, number, spec, submittedAt), services);
    }

    /** A stored job; splits and attempts follow. */
    JobInProgress(MasterRecord.Job row, JobServices services) {
        this(new JobFacts(row), services);
    }

    private JobInProgress(JobFacts facts, JobServices services) {
        this.facts = facts;
        this.id = facts.id;
        this.number = facts.number;
        this.spec = facts.spec;
        this.selector = Selector.parse(spec.selector());
        this.services = services;
        this.recovery = new JobRecovery(facts, tasks, services);
        this.dispatch = new Dispatch(this, services.grooms());
        this.closing = new Closing(this, services.grooms());
        for (int task = 0; task < spec.tasks(); task++) {
            tasks.add(new TaskInProgress(new TaskId(id, task)));
        }
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

    /** What is stored of it; for reading. */
    JobFacts facts() {
        return facts;
    }

    JobState state() {
        return facts.state();
    }

    long generation() {
        return facts.generation();
    }

    boolean isCommitting() {
        return facts.isCommitting();
    }

    boolean isSettled() {
        return facts.isSettled();
    }

    String reason() {
        return recovery.isBackingOff() ? recovery.backOffReason() : reason;
    }

    Instant nextTryAt() {
        return recovery.nextTryAt();
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
        return facts.isEnding();
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
                boolean linkLost = attempt.generation == facts.generation() && attempt.cause() != null;
                if (linkLost && !attempt.state().isEnded() && facts.isActive()) {
                    recovery.linkLost(turn);
                }
            } else {
                lost(attempt, "its groom was lost", turn);
            }
        }
    }

    void prepared(List<List<InputSplit>> computed, Turn turn) {
        if (facts.state() != JobState.CREATED || facts.isEnding()) {
            return;
        }
        splits = computed;
        turn.store(new MasterRecord.Splits(id, computed));
        facts.become(JobState.PENDING);
    }

    void prepareFailed(Cause why) {
        if (facts.state() == JobState.CREATED && !facts.isEnding()) {
            recovery.fail(why);
        }
    }

    /** Takes a cancel; the job ends once its processes are gone. */
    void cancel(String user) {
        facts.cancel(Cause.of(CauseType.PREEMPTED, "cancelled by " + user));
        recovery.stop();
    }

    void attached(AttemptInProgress attempt, long pid, String host, int port) {
        if (!attempt.isGone() && attempt.result() == null) {
            attempt.attached(pid, host, port);
        }
    }

    /** A result counts only from an attempt of the current generation of a job that goes on. */
    void finished(AttemptInProgress attempt, TaskResult result) {
        if (isCurrent(attempt) && !attempt.isGone() && attempt.result() == null) {
            attempt.finished(result);
            LOG.info("{} has finished", attempt);
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

    /** A link of that peer is lost: after a short grace, in which an exit may be reported, the job is rolled back. */
    void linkLost(AttemptInProgress attempt, int peer, long superstep, String detail, Turn turn) {
        if (!isCurrent(attempt) || attempt.isGone() || attempt.result() != null || attempt.cause() != null) {
            return;
        }
        String text = "link to task " + peer + " lost in superstep " + superstep + ": " + detail;
        LOG.warn("{} {}", attempt, text);
        attempt.sentence(Cause.of(CauseType.PEER_FAILED, text).at(attempt.id.toString(), attempt.groom.value()), false);
        recovery.linkLost(turn);
    }

    /** Whether the job goes on and that attempt is of its current generation. */
    private boolean isCurrent(AttemptInProgress attempt) {
        return facts.isActive() && attempt.generation == facts.generation();
    }

    /** An operator wants an attempt to end; the whole generation ends with it. */
    void endAttempt(AttemptInProgress attempt, boolean charged, String user, Turn turn) {
        String text = (charged ? "failed by " : "killed by ") + user;
        attempt.sentence(Cause.of(CauseType.PREEMPTED, text).at(attempt.id.toString(), attempt.groom.value()), charged);
        if (isCurrent(attempt)) {
            recovery.react(attempt, attempt.cause(), charged, turn);
        }
    }

    void outputCommitted(Turn turn) {
        if (facts.isCommitting() && facts.isActive()) {
            succeed(turn);
        }
    }

    void commitFailed(Cause why) {
        if (facts.isCommitting() && facts.isActive()) {
            recovery.fail(why);
        }
    }

    void temporaryDiscarded() {
        closing.discarded();
    }

    /** Lets what is due happen. */
    void tick(Turn turn) {
        recovery.tick(turn);
    }

    long nextDeadlineNs() {
        return recovery.nextDeadlineNs();
    }

    // ---- placement

    /** Its wish for the scheduler, or null if it does not wait for placement now. */
    PlacementRequest request() {
        if (!needsPlacement() || recovery.isBackingOff()) {
            return null;
        }
        List<TaskWish> wishes = new ArrayList<>();
        for (TaskInProgress task : tasks) {
            wishes.add(services.planner().wish(task.history()));
        }
        return new PlacementRequest(
                id, number, spec.priority(), selector, processes().isEmpty(), wishes);
    }

    private boolean needsPlacement() {
        boolean queued = facts.state() == JobState.PENDING || facts.state() == JobState.RECOVERING;
        return queued && facts.isActive() && tasks.get(0).in(facts.generation()) == null;
    }

    /** It has to wait; why is for people. */
    void waits(String why) {
        queue();
        if (!why.equals(reason)) {
            LOG.info("[{} g{}] waits: {}", id, facts.generation(), why);
            reason = why;
            changed();
        }
    }

    /** Rolled back, free of processes, but not placed: it waits like any other. */
    private void queue() {
        if (facts.state() == JobState.RECOVERING && processes().isEmpty()) {
            facts.become(JobState.PENDING);
            changed();
        }
    }

    /** All tasks have a slot: their attempts begin. */
    void placed(List<GroomId> grooms, Turn turn) {
        facts.placed(services.random().hex128(), turn.wall());
        reason = null;
        changed();
        for (TaskInProgress task : tasks) {
            GroomId groom = grooms.get(task.id.index());
            long incarnation = services.grooms().incarnation(groom);
            AttemptInProgress attempt = task.assign(groom, incarnation, facts.generation(), turn.wall());
            services.grooms().occupy(groom, incarnation, attempt.id);
            LOG.info("{} assigned to {} i{}", attempt, groom, incarnation);
        }
        advance(turn);
    }

    // ---- what follows

    /**
     * Does all that the job's fields call for and was not done in this leadership yet. Idempotent. Walks all attempts: called
     * once in a step, whatever number of them it concerned.
     */
    void advance(Turn turn) {
        if (facts.isActive() && facts.state() == JobState.CREATED) {
            prepare(turn);
        } else if (facts.isActive()) {
            dispatch.run(turn);
            if (needsPlacement() && recovery.isBackingOff()) {
                queue();
            }
            commitIfFinished(turn);
        }
        if (facts.isEnding()) {
            dispatch.stopAll(turn);
            if (processes().isEmpty()) {
                end(facts.state() == JobState.CANCELING ? JobState.KILLED : JobState.FAILED, turn);
            }
        }
        if (facts.state().isEnded() && !facts.isSettled() && closing.isDone(turn)) {
            facts.settle();
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
        if (facts.state() == JobState.RECOVERING) {
            facts.become(JobState.RUNNING);
        }
    }

    private void commitIfFinished(Turn turn) {
        List<OutputPart> parts = new ArrayList<>();
        for (TaskInProgress task : tasks) {
            AttemptInProgress attempt = task.in(facts.generation());
            if (attempt == null || attempt.state() != AttemptState.COMMITTING) {
                return;
            }
            parts.addAll(attempt.result().parts());
        }
        facts.commit();
        recovery.stop();
        if (spec.output() == null) {
            succeed(turn);
        } else if (!commitAsked) {
            commitAsked = true;
            turn.effect(new MasterEffect.CommitOutput(id, spec, parts));
        }
    }

    private void succeed(Turn turn) {
        for (TaskInProgress task : tasks) {
            task.in(facts.generation()).succeeded();
        }
        end(JobState.SUCCEEDED, turn);
    }

    private void end(JobState last, Turn turn) {
        facts.end(last, turn.wall());
        recovery.stop();
        reason = null;
        String why = facts.cause() == null ? "" : ": " + facts.cause().message();
        LOG.info("[{} g{}] {}{}", id, facts.generation(), last, why);
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
        if (isCurrent(attempt)) {
            recovery.react(attempt, verdict.cause(), verdict.charged(), turn);
        } else if (facts.isActive() && verdict.charged()) {
            recovery.chargedLate(attempt, verdict.cause());
        }
    }

    private void released(AttemptInProgress attempt) {
        services.grooms().release(attempt.groom, attempt.incarnation, attempt.id);
    }

    /** Why the master itself wants that attempt to end. */
    Verdict.Wanted wanted(AttemptInProgress attempt) {
        if (facts.state() == JobState.CANCELING) {
            return Verdict.Wanted.CANCELLED;
        }
        return facts.isEnding() || attempt.generation < facts.generation()
                ? Verdict.Wanted.OUTDATED
                : Verdict.Wanted.NO;
    }

    /** Stores what changed. */
    void flush(Turn turn) {
        if (facts.takeDirty()) {
            turn.store(facts.row());
        }
        for (TaskInProgress task : tasks) {
            for (AttemptInProgress attempt : task.attempts()) {
                if (attempt.takeDirty()) {
                    turn.store(attempt.row());
                }
            }
        }
    }

    /** Adds all its rows as they would be stored now. */
    void rows(List<MasterRecord> rows) {
        rows.add(facts.row());
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
