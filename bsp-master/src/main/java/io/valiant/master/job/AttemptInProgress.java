package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.Exit;
import io.valiant.protocol.TaskResult;
import java.time.Instant;

/**
 * One execution of a task. It occupies a slot until its process is known to be gone or its groom is lost; its state is
 * final from then on, or from its job's success.
 */
final class AttemptInProgress {
    final AttemptId id;
    final GroomId groom;
    final long incarnation;

    // stored
    /** Of the job; rises when its JVM is kept over a roll-back. */
    long generation;

    private AttemptState state;
    private boolean charged;
    private Long pid;
    private String host;
    private int port;
    private Exit exit;
    private Cause cause;
    private TaskResult result;
    private final Instant startedAt;
    private Instant finishedAt;
    private boolean gone;
    private boolean dirty;

    // soft: of this leadership
    /** Number of the directive that launched it; 0 if this leadership gave none. */
    long launchNumber;

    boolean killDirected;

    /** The groom's table has it: it was launched in an earlier leadership. */
    boolean seen;

    /** The generation in which the groom's table has it; 0 before it was seen. */
    long tableGeneration;

    /** There was a process for it before: it is never launched, only told to rejoin. */
    private boolean hadProcess;

    /** Its JVM was kept over the roll-back that this leadership began its generation with. */
    private boolean kept;

    /** With which superstep it began; null where a restart has forgotten it, never so in its job's generation. */
    private Long startSuperstep;

    /** Since when the groom's table lacks it though it should be there; {@link #PRESENT} if it does not. */
    long absentSinceNs = PRESENT;

    /** The groom itself said that the process is gone: later tables that show it are old. */
    boolean endReported;

    private AttemptProgress progress = AttemptProgress.NONE;
    private Instant progressAt;

    static final long PRESENT = Long.MIN_VALUE;

    AttemptInProgress(AttemptId id, GroomId groom, long incarnation, JobFacts job, Instant startedAt) {
        this.id = id;
        this.groom = groom;
        this.incarnation = incarnation;
        this.generation = job.generation();
        this.startSuperstep = job.firstSuperstep();
        this.state = AttemptState.ASSIGNED;
        this.startedAt = startedAt;
        this.dirty = true;
    }

    AttemptInProgress(MasterRecord.Attempt row) {
        this.id = row.id();
        this.groom = row.groom();
        this.incarnation = row.incarnation();
        this.generation = row.generation();
        this.state = row.state() == AttemptState.RUNNING ? AttemptState.ASSIGNED : row.state();
        this.charged = row.charged();
        this.pid = row.pid();
        this.host = row.host();
        this.port = row.port();
        this.exit = row.exit();
        this.cause = row.cause();
        this.result = row.result();
        this.startedAt = row.startedAt();
        this.finishedAt = row.finishedAt();
        this.gone = row.gone();
        this.hadProcess = row.pid() != null;
    }

    MasterRecord.Attempt row() {
        return new MasterRecord.Attempt(
                id,
                groom,
                incarnation,
                generation,
                state,
                charged,
                pid,
                host,
                port,
                exit,
                cause,
                result,
                startedAt,
                finishedAt,
                gone);
    }

    /** Whether the row has to be stored; not so any more after the call. */
    boolean takeDirty() {
        boolean was = dirty;
        dirty = false;
        return was;
    }

    AttemptState state() {
        return state;
    }

    boolean isCharged() {
        return charged;
    }

    boolean isGone() {
        return gone;
    }

    Cause cause() {
        return cause;
    }

    TaskResult result() {
        return result;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    AttemptProgress progress() {
        return progress;
    }

    /**
     * The superstep it is known to have reached: that of its result, or the one its child tells of, or until it does the one
     * it began with. To be asked of attempts of the job's generation.
     */
    long superstep() {
        if (result != null) {
            return result.superstep();
        }
        return progress.equals(AttemptProgress.NONE) ? startSuperstep : progress.superstep();
    }

    /** Whether there was a process for it before this generation or leadership. */
    boolean hadProcess() {
        return hadProcess;
    }

    /** Whether its JVM was kept over the roll-back that this leadership began its generation with. */
    boolean isKept() {
        return kept;
    }

    /** Whether it has to end, by more than a note that a link was lost. */
    boolean isSentenced() {
        return cause != null && cause.type() != CauseType.PEER_FAILED;
    }

    /** Whether it ended because its groom had no room or process for it. */
    boolean isEvicted() {
        return state.isEnded() && !charged && cause != null && cause.type() == CauseType.STORAGE;
    }

    /** Whether its child can be reached by its peers, or could be until it finished. */
    boolean isAttached() {
        return host != null && !state.isEnded();
    }

    /** Its child listens for its peers. Soft: the groom tells it again after a restart. */
    void attached(long childPid, String dataHost, int dataPort) {
        if (state == AttemptState.ASSIGNED) {
            move(AttemptState.RUNNING);
        }
        pid = childPid;
        host = dataHost;
        port = dataPort;
    }

    /** Its JVM stays over the roll-back that began the job's generation; it has to attach again. */
    void rejoin(JobFacts job) {
        move(AttemptState.ASSIGNED);
        generation = job.generation();
        startSuperstep = job.firstSuperstep();
        kept = true;
        hadProcess = true;
        cause = null;
        charged = false;
        host = null;
        port = 0;
        progress = AttemptProgress.NONE;
        launchNumber = 0;
        dirty = true;
    }

    /** A line of its groom's table. */
    void tableSays(AttemptSummary line, Instant now) {
        seen = true;
        tableGeneration = line.generation();
        absentSinceNs = PRESENT;
        if (line.pid() > 0 && (pid == null || pid != line.pid())) {
            pid = line.pid();
            // Soft while it may still attach; with its result the pid became part of the stored row.
            dirty |= result != null;
        }
        if (line.generation() != generation) {
            return;
        }
        if (line.host() != null && state == AttemptState.ASSIGNED) {
            attached(line.pid(), line.host(), line.port());
        }
        if (line.progress() != null && !line.progress().equals(progress)) {
            progress = line.progress();
            progressAt = now;
        }
    }

    /** It has closed its parts; from now on the result stands, whatever becomes of the process. */
    void finished(TaskResult handedIn) {
        move(AttemptState.COMMITTING);
        result = handedIn;
        cause = null;
        dirty = true;
    }

    /** The job has succeeded. */
    void succeeded() {
        move(AttemptState.SUCCEEDED);
        dirty = true;
    }

    /** It has to end for that reason; stored, so that no restart forgets it. */
    void sentence(Cause why, boolean charge) {
        cause = why;
        charged = charge;
        dirty = true;
    }

    /** The process is gone but the result stands. */
    void leftAfterResult(Exit how, Instant at) {
        gone = true;
        exit = how;
        finishedAt = JobFacts.notBefore(startedAt, at);
        dirty = true;
    }

    /** The end: the process is gone, or its groom is. */
    void ended(AttemptState last, Cause why, boolean charge, Exit how, Instant at) {
        move(last);
        cause = why;
        charged = charge;
        exit = how == null ? exit : how;
        finishedAt = finishedAt == null ? JobFacts.notBefore(startedAt, at) : finishedAt;
        gone = true;
        dirty = true;
    }

    private void move(AttemptState next) {
        state = LifeCycles.ATTEMPT.move(state, next, id);
    }

    /** After a restart: what is known of it by its job. */
    void loaded(JobFacts job) {
        if (generation == job.generation()) {
            startSuperstep = job.firstSuperstep();
        } else if (generation == 1) {
            startSuperstep = job.spec.firstSuperstep();
        }
    }

    JobStatus.Attempt status() {
        boolean started = state != AttemptState.ASSIGNED || host != null;
        return new JobStatus.Attempt(
                id.toString(),
                id.task(),
                groom.value(),
                incarnation,
                generation,
                state,
                charged,
                pid,
                exit == null ? null : exit.code(),
                exit == null ? null : exit.signal(),
                state.isEnded() || isSentenced() ? cause : null,
                started ? startSuperstep : null,
                progressAt,
                startedAt,
                finishedAt);
    }

    @Override
    public String toString() {
        return "[" + id.job() + " t" + id.task() + " a" + id.number() + " g" + generation + "]";
    }
}
