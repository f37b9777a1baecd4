package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.JobId;
import io.valiant.id.TaskId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.Observation;
import io.valiant.master.core.Turn;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.RollBackStatus;
import io.valiant.protocol.SuperstepTimeline;
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
    private final JobServices services;
    private final List<TaskInProgress> tasks = new ArrayList<>();

    private final JobFacts facts;
    private final Checkpointing checkpoints;
    private List<List<InputSplit>> splits = List.of();

    // soft: of this leadership
    private boolean prepareAsked;
    private boolean commitAsked;
    private final LostLinks lostLinks = new LostLinks();
    private final KeptAttempts kept;
    private final Stopping stopping;
    private final JobRecovery recovery;
    private final Placement placement;
    private final Ends ends;
    private final Reports reports;
    private final Dispatch dispatch;
    private final Closing closing;
    private final SuperstepTimeline timeline;
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
        this.services = services;
        this.checkpoints = new Checkpointing(facts, services.config().checkpoints());
        this.kept = new KeptAttempts(facts, tasks, services.grooms());
        this.stopping = new Stopping(facts, tasks);
        this.recovery = new JobRecovery(facts, tasks, services, checkpoints, kept, stopping);
        this.placement = new Placement(this, services, recovery, kept);
        this.ends = new Ends(this, services, recovery, kept);
        this.reports = new Reports(this, recovery, ends);
        this.dispatch = new Dispatch(this, services.grooms());
        this.closing = new Closing(this, services.grooms());
        this.timeline = new SuperstepTimeline(spec.tasks());
        for (int task = 0; task < spec.tasks(); task++) {
            tasks.add(new TaskInProgress(new TaskId(id, task)));
        }
    }

    void load(List<List<InputSplit>> stored) {
        splits = stored;
    }

    void load(MasterRecord.Checkpoints row) {
        checkpoints.load(row);
    }

    void load(MasterRecord.Attempt row) {
        AttemptInProgress attempt = new AttemptInProgress(row);
        attempt.loaded(facts);
        tasks.get(row.id().task()).load(attempt);
        // a generation without any attempt has not begun: all of it is counted here
        timeline.loaded(attempt.generation);
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

    /** Its checkpoints. */
    Checkpointing checkpoints() {
        return checkpoints;
    }

    /** JVMs that stay over a roll-back. */
    KeptAttempts kept() {
        return kept;
    }

    /** Between which grooms it has lost links. */
    LostLinks lostLinks() {
        return lostLinks;
    }

    /** An operator's stop. */
    Stopping stopping() {
        return stopping;
    }

    /** Its wish for slots. */
    Placement placement() {
        return placement;
    }

    /** Takes what is reported of it. */
    Reports reports() {
        return reports;
    }

    /** What its tasks have told of their supersteps. */
    SuperstepTimeline timeline() {
        return timeline;
    }

    /** Its roll-backs as far as this leadership knows them, oldest first. */
    List<RollBackStatus> rollBacks() {
        return recovery.history();
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

    /** Null before. */
    Instant finishedAt() {
        return facts.finishedAt();
    }

    boolean isSettled() {
        return facts.isSettled();
    }

    String reason() {
        if (stopping.reason() != null) {
            return stopping.reason();
        }
        return recovery.isBackingOff() ? recovery.backOffReason() : placement.reason();
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
                boolean noted = attempt.cause() != null && !attempt.isSentenced();
                if (noted && isCurrent(attempt) && !attempt.state().isEnded()) {
                    recovery.linkLost(turn);
                }
            } else {
                ends.lost(attempt, "its groom was lost", turn);
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

    /** Its groom's incarnation is over, or its groom has no trace of it. */
    void lost(AttemptInProgress attempt, String why, Turn turn) {
        ends.lost(attempt, why, turn);
    }

    /** Whether the job goes on and that attempt is of its current generation. */
    boolean isCurrent(AttemptInProgress attempt) {
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

    // ---- what follows

    /**
     * Does all that the job's fields call for and was not done in this leadership yet. Idempotent. Walks all attempts: called
     * once in a step, whatever number of them it concerned.
     */
    void advance(Turn turn) {
        if (facts.isActive() && facts.state() == JobState.CREATED) {
            prepare(turn);
        } else if (facts.isActive()) {
            placement.separate();
            dispatch.run(turn);
            placement.advance(turn);
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
            timeline.seal();
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
            turn.observe(new Observation.AttemptEnded(AttemptState.SUCCEEDED));
        }
        end(JobState.SUCCEEDED, turn);
    }

    private void end(JobState last, Turn turn) {
        facts.end(last, turn.wall());
        recovery.stop();
        placement.forgetReason();
        String why = facts.cause() == null ? "" : ": " + facts.cause().message();
        LOG.info("[{} g{}] {}{}", id, facts.generation(), last, why);
        turn.tell("JOB_" + last, id, "job " + id + " " + last + why);
    }

    /** Stores what changed. */
    void flush(Turn turn) {
        if (facts.takeDirty()) {
            turn.store(facts.row());
        }
        if (checkpoints.takeDirty()) {
            turn.store(checkpoints.row());
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
        if (checkpoints.hasRow()) {
            rows.add(checkpoints.row());
        }
        for (TaskInProgress task : tasks) {
            for (AttemptInProgress attempt : task.attempts()) {
                rows.add(attempt.row());
            }
        }
    }
}
