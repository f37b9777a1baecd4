package io.valiant.master.job;

import io.valiant.bsp.Cause;
import io.valiant.bsp.JobState;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.JobSpec;
import java.time.Instant;

/** What is stored of a job itself, and the only ways it changes. */
final class JobFacts {
    final JobId id;
    final long number;
    final JobSpec spec;
    private final Instant submittedAt;

    private JobState state = JobState.CREATED;
    private long generation;
    private int rollbacks;
    private int rollbacksSince;
    private CheckpointRef restore;
    private Integer stopped;
    private boolean committing;
    private String secret;
    private Cause cause;
    private Instant startedAt;
    private Instant finishedAt;
    private boolean settled;
    private boolean dirty;

    /** A new job. */
    JobFacts(JobId id, long number, JobSpec spec, Instant submittedAt) {
        this.id = id;
        this.number = number;
        this.spec = spec;
        this.submittedAt = submittedAt;
        this.dirty = true;
    }

    /** A stored job. */
    JobFacts(MasterRecord.Job row) {
        this.id = row.id();
        this.number = row.number();
        this.spec = row.spec();
        this.submittedAt = row.submittedAt();
        this.state = row.state();
        this.generation = row.generation();
        this.rollbacks = row.rollbacks();
        this.rollbacksSince = row.rollbacksSince();
        this.restore = row.restore();
        this.stopped = row.stopped();
        this.committing = row.committing();
        this.secret = row.secret();
        this.cause = row.cause();
        this.startedAt = row.startedAt();
        this.finishedAt = row.finishedAt();
        this.settled = row.settled();
    }

    MasterRecord.Job row() {
        return new MasterRecord.Job(
                id,
                number,
                spec,
                state,
                generation,
                rollbacks,
                rollbacksSince,
                restore,
                stopped,
                committing,
                secret,
                cause,
                submittedAt,
                startedAt,
                finishedAt,
                settled);
    }

    /** Whether the row has to be stored; not so any more after the call. */
    boolean takeDirty() {
        boolean was = dirty;
        dirty = false;
        return was;
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

    /** Roll-backs without anybody's fault since the newest checkpoint. */
    int rollbacksSince() {
        return rollbacksSince;
    }

    /** What the generation begins from, or null: it begins anew. */
    CheckpointRef restore() {
        return restore;
    }

    /** The superstep that the generation begins with: below 0 where it deals out records first. */
    long firstSuperstep() {
        return restore == null ? spec.firstSuperstep() : restore.superstep();
    }

    /** The task that an operator has stopped, or null. */
    Integer stopped() {
        return stopped;
    }

    boolean isCommitting() {
        return committing;
    }

    String secret() {
        return secret;
    }

    Cause cause() {
        return cause;
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

    boolean isSettled() {
        return settled;
    }

    /** Whether it only waits for its processes to go. */
    boolean isEnding() {
        return !state.isEnded() && cause != null;
    }

    /** Whether it goes on: it has not ended and is not about to. */
    boolean isActive() {
        return !state.isEnded() && cause == null;
    }

    /** It takes that state. */
    void become(JobState next) {
        state = LifeCycles.JOB.move(state, next, "job " + id);
        dirty = true;
    }

    /** Its tasks are placed; the first time that begins generation 1. */
    void placed(String newSecret, Instant now) {
        if (generation == 0) {
            generation = 1;
            secret = newSecret;
            startedAt = notBefore(submittedAt, now);
        }
        become(generation == 1 ? JobState.RUNNING : JobState.RECOVERING);
    }

    /**
     * The next generation begins.
     *
     * @param counted against the job's cap: nobody is charged
     * @param from the checkpoint it begins from, or null: it begins anew
     */
    void rollBack(String newSecret, boolean counted, CheckpointRef from) {
        generation++;
        secret = newSecret;
        restore = from;
        rollbacks += counted ? 1 : 0;
        rollbacksSince += counted ? 1 : 0;
        become(JobState.RECOVERING);
    }

    /** The last roll-back was somebody's fault after all. */
    void chargeLastRollBack() {
        rollbacks--;
        rollbacksSince = Math.max(0, rollbacksSince - 1);
        dirty = true;
    }

    /** There is a new checkpoint: the job has come further. */
    void checkpointed() {
        if (rollbacksSince > 0) {
            rollbacksSince = 0;
            dirty = true;
        }
    }

    /** An operator wants it to stop for the sake of that task. */
    void stop(int task) {
        stopped = task;
        dirty = true;
    }

    /** It may go on. */
    void resume() {
        stopped = null;
        dirty = true;
    }

    /** The COMMIT: all results are there. */
    void commit() {
        if (!committing) {
            committing = true;
            // too late to stop
            stopped = null;
            dirty = true;
        }
    }

    /** It will end as FAILED once its processes are gone. */
    void fail(Cause why) {
        cause = why;
        committing = false;
        dirty = true;
        if (state == JobState.RUNNING) {
            become(JobState.RECOVERING);
        }
    }

    /** It will end as KILLED once its processes are gone. */
    void cancel(Cause why) {
        cause = why;
        become(JobState.CANCELING);
    }

    void end(JobState last, Instant now) {
        become(last);
        finishedAt = notBefore(startedAt == null ? submittedAt : startedAt, now);
    }

    /** Wall clocks are set back; what people are shown does not last less than no time. */
    static Instant notBefore(Instant earlier, Instant later) {
        return earlier != null && later.isBefore(earlier) ? earlier : later;
    }

    /** Nothing is owed any more. */
    void settle() {
        settled = true;
        dirty = true;
    }
}
