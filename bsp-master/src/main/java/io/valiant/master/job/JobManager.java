package io.valiant.master.job;

import io.valiant.bsp.Cause;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.concurrent.RandomSource;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.Turn;
import io.valiant.master.groom.GroomManager;
import io.valiant.master.recovery.RecoveryPlanner;
import io.valiant.master.schedule.Decision;
import io.valiant.master.schedule.PlacementRequest;
import io.valiant.master.schedule.Selector;
import io.valiant.master.schedule.TaskScheduler;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All jobs: their names, their queue, who waits for their end, and how long they are kept. Hands what happens to the job it
 * concerns, and places what waits. Part of the core.
 */
public final class JobManager {
    private static final Logger LOG = LoggerFactory.getLogger(JobManager.class);

    private final JobServices services;
    private final TaskScheduler scheduler;
    private final JobBook book = new JobBook();
    private final EndWaiters waiters = new EndWaiters();
    private final TableCheck tables;

    /** Jobs to be advanced and stored at the end of the step, by number. */
    private final TreeMap<Long, JobInProgress> touched = new TreeMap<>();

    /** Something happened that may let a job be placed. */
    private boolean placementDue;

    private boolean clusterChanged;

    public JobManager(GroomManager grooms, TaskScheduler scheduler, RandomSource random, MasterConfig config) {
        this.services = new JobServices(grooms, new RecoveryPlanner(config.backoff()), random, config);
        this.scheduler = scheduler;
        this.tables = new TableCheck(book, grooms, config.absenceGraceNs());
    }

    // ---- start

    /** Takes stored rows, in any order; before anything else. */
    public void load(List<MasterRecord> rows) {
        for (MasterRecord row : rows) {
            if (row instanceof MasterRecord.Cluster cluster) {
                book.load(cluster);
            } else if (row instanceof MasterRecord.Job job) {
                book.add(new JobInProgress(job, services));
            } else if (row instanceof MasterRecord.Forget forget) {
                book.load(forget);
            }
        }
        for (MasterRecord row : rows) {
            if (row instanceof MasterRecord.Splits splits) {
                book.get(splits.job()).load(splits.splits());
            } else if (row instanceof MasterRecord.Attempt attempt) {
                book.get(attempt.id().job()).load(attempt);
            }
        }
    }

    /** A leadership begins: its epoch, stored before anything it does. */
    public long raiseEpoch(Turn turn) {
        book.raiseEpoch(services.random().hex128().substring(0, 8));
        turn.store(book.row());
        return book.epoch();
    }

    /** Takes up what the leadership before owed; the grooms are loaded. */
    public void start(Turn turn) {
        for (JobInProgress job : book.open()) {
            touch(job);
            job.start(turn);
        }
    }

    // ---- clients

    public void submit(MasterEvent.Submit event, Turn turn) {
        JobSpec spec = event.spec();
        JobInProgress same = book.withKey(spec.idempotencyKey());
        if (same != null) {
            turn.reply(event.call(), new MasterReply.Submitted(same.id, true));
            return;
        }
        if (spec.requestedId() != null && !JobId.isValid(spec.requestedId())) {
            turn.reject(
                    event.call(), "BadRequest", "job id '" + spec.requestedId() + "' has a form that is not allowed");
            return;
        }
        String taken = spec.requestedId() == null ? null : book.whyNotFree(new JobId(spec.requestedId()));
        if (taken != null) {
            turn.reject(event.call(), "JobExists", taken + "; choose another --id");
            return;
        }
        String badSelector = whyNotSelector(spec.selector());
        if (badSelector != null) {
            turn.reject(event.call(), "BadRequest", badSelector);
            return;
        }
        JobInProgress job = create(spec, turn);
        turn.reply(event.call(), new MasterReply.Submitted(job.id, false));
    }

    private static String whyNotSelector(String text) {
        try {
            Selector.parse(text);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private JobInProgress create(JobSpec spec, Turn turn) {
        long number = book.takeNumber();
        clusterChanged = true;
        JobId id = spec.requestedId() == null ? JobId.of(book.clusterId(), number) : new JobId(spec.requestedId());
        JobInProgress job = new JobInProgress(id, number, spec, turn.wall(), services);
        book.add(job);
        touch(job);
        LOG.info("[{}] submitted by {}: {} with {} tasks", id, spec.user(), spec.name(), spec.tasks());
        return job;
    }

    public void cancel(MasterEvent.Cancel event, Turn turn) {
        JobInProgress job = find(event.call(), event.job(), turn);
        if (job == null) {
            return;
        }
        if (job.state() == JobState.SUCCEEDED || job.state() == JobState.FAILED) {
            turn.reject(event.call(), "JobEnded", "job " + job.id + " has already " + job.state());
            return;
        }
        if (job.isCommitting() && !job.state().isEnded()) {
            turn.reject(
                    event.call(),
                    "JobCommitting",
                    "job " + job.id + " is putting its output in place: too late to cancel");
            return;
        }
        if (job.state() != JobState.CANCELING && job.state() != JobState.KILLED) {
            touch(job);
            job.cancel(event.user());
        }
        turn.reply(event.call(), new MasterReply.Done());
    }

    public void awaitEnd(MasterEvent.AwaitEnd event, Turn turn) {
        JobInProgress job = find(event.call(), event.job(), turn);
        if (job != null) {
            waiters.add(job, event.call(), event.untilNs(), turn);
        }
    }

    public void endAttempt(MasterEvent.EndAttempt event, Turn turn) {
        AttemptId id = event.attempt();
        JobInProgress job = find(event.call(), id.job(), turn);
        if (job == null) {
            return;
        }
        AttemptInProgress attempt = job.attempt(id.task(), id.number());
        if (attempt == null) {
            turn.reject(event.call(), "AttemptNotFound", "there is no attempt " + id);
        } else if (attempt.state().isEnded() || job.isEnding()) {
            turn.reject(
                    event.call(), "AttemptEnded", "attempt " + id + " has ended or is about to: " + attempt.state());
        } else if (job.isCommitting()) {
            turn.reject(event.call(), "JobCommitting", "job " + job.id + " is putting its output in place");
        } else {
            touch(job);
            if (attempt.generation == job.generation()) {
                job.endAttempt(attempt, event.fail(), event.user(), turn);
            }
            turn.reply(event.call(), new MasterReply.Done());
        }
    }

    private JobInProgress find(long call, JobId id, Turn turn) {
        JobInProgress job = book.get(id);
        if (job == null) {
            turn.reject(call, "JobNotFound", "no job " + id + "; bsp job list shows those there are");
        }
        return job;
    }

    // ---- workers

    public void prepared(JobId id, List<List<InputSplit>> splits, Turn turn) {
        with(id, job -> job.prepared(splits, turn));
    }

    public void prepareFailed(JobId id, Cause cause) {
        with(id, job -> job.prepareFailed(cause));
    }

    public void outputCommitted(JobId id, Turn turn) {
        with(id, job -> job.outputCommitted(turn));
    }

    public void commitFailed(JobId id, Cause cause) {
        with(id, job -> job.commitFailed(cause));
    }

    public void temporaryDiscarded(JobId id) {
        with(id, JobInProgress::temporaryDiscarded);
    }

    private void with(JobId id, Consumer<JobInProgress> verb) {
        JobInProgress job = book.get(id);
        if (job != null) {
            touch(job);
            verb.accept(job);
        }
    }

    // ---- grooms

    /** Takes a report of that incarnation; what concerns attempts or generations that are over changes nothing. */
    public void report(GroomId groom, long incarnation, GroomReport report, Turn turn) {
        AttemptId id = report.attempt();
        JobInProgress job = book.get(id.job());
        AttemptInProgress attempt = job == null ? null : job.attempt(id.task(), id.number());
        boolean ours = attempt != null
                && attempt.groom.equals(groom)
                && attempt.incarnation == incarnation
                && attempt.generation == report.generation();
        if (!ours) {
            return;
        }
        touch(job);
        if (report instanceof GroomReport.Attached attached) {
            job.attached(attempt, attached.pid(), attached.host(), attached.port());
        } else if (report instanceof GroomReport.Finished finished) {
            job.finished(attempt, finished.result());
        } else if (report instanceof GroomReport.Ended ended) {
            job.ended(attempt, ended.exit(), ended.cause(), turn);
        } else if (report instanceof GroomReport.LinkLost lost) {
            job.linkLost(attempt, lost.peer(), lost.superstep(), lost.detail(), turn);
        }
    }

    /** A groom came back, or for the first time, with that table. */
    public void enrolled(GroomId groom, long incarnation, List<AttemptSummary> table, Turn turn) {
        tables.present(groom, incarnation, table, turn, this::touch);
        book.open().forEach(this::touch);
    }

    /** A groom's table came with a heartbeat that had applied directives up to that number. */
    public void table(GroomId groom, long incarnation, List<AttemptSummary> table, long applied, Turn turn) {
        tables.present(groom, incarnation, table, turn, job -> {
            job.changed();
            touched.put(job.number, job);
        });
        tables.absent(groom, incarnation, table, applied, turn);
        directivesApplied();
    }

    /** A groom has applied directives: jobs that have ended may owe nothing any more. */
    public void directivesApplied() {
        for (JobInProgress job : book.open()) {
            if (job.state().isEnded()) {
                touched.put(job.number, job);
            }
        }
    }

    /** An incarnation is over. */
    public void groomLost(GroomId groom, long incarnation, String why, Turn turn) {
        for (JobInProgress job : book.open()) {
            for (AttemptInProgress attempt : job.processes()) {
                if (attempt.groom.equals(groom) && attempt.incarnation == incarnation) {
                    touch(job);
                    job.lost(attempt, "groom " + groom + " " + why, turn);
                }
            }
            if (job.state().isEnded()) {
                touch(job);
            }
        }
    }

    // ---- time, end of step

    /** Lets what is due happen. */
    public void tick(Turn turn) {
        for (AttemptInProgress attempt : tables.takeGone(turn.nowNs())) {
            String why = "groom " + attempt.groom + " has no trace of it";
            with(attempt.id.job(), job -> job.lost(attempt, why, turn));
        }
        for (JobInProgress job : book.open()) {
            if (job.nextDeadlineNs() <= turn.nowNs()) {
                touch(job);
                job.tick(turn);
            }
        }
        waiters.tick(book, turn);
    }

    public long nextDeadlineNs() {
        long deadline = Math.min(tables.nextDeadlineNs(), waiters.nextDeadlineNs());
        for (JobInProgress job : book.open()) {
            deadline = Math.min(deadline, job.nextDeadlineNs());
        }
        return deadline;
    }

    /** Lets each job to which something happened in this step do what follows from it: once, for that walks all attempts. */
    public void advance(Turn turn) {
        for (JobInProgress job : touched.values()) {
            job.advance(turn);
        }
    }

    /** Places what can be placed, if anything changed that may matter. */
    public void place(Turn turn) {
        boolean roomChanged = services.grooms().takeCapacityChange();
        boolean due = roomChanged || placementDue;
        placementDue = false;
        if (!due) {
            return;
        }
        List<PlacementRequest> queue = new ArrayList<>();
        for (JobInProgress job : book.open()) {
            PlacementRequest request = job.request();
            if (request != null) {
                queue.add(request);
            }
        }
        if (queue.isEmpty()) {
            return;
        }
        for (Decision decision : scheduler.schedule(queue, services.grooms().views())) {
            JobInProgress job = book.get(decision.job());
            touched.put(job.number, job);
            if (decision instanceof Decision.Placed placed) {
                job.placed(placed.grooms(), turn);
            } else if (decision instanceof Decision.Waits waits) {
                job.waits(waits.reason());
            }
        }
    }

    /** Stores what changed, and tells those who waited for an end. */
    public void flush(Turn turn) {
        if (clusterChanged) {
            clusterChanged = false;
            turn.store(book.row());
        }
        for (JobInProgress job : touched.values()) {
            job.flush(turn);
            if (job.state().isEnded()) {
                waiters.ended(job, turn);
            }
            if (job.isSettled()) {
                for (JobId old : book.settle(job, services.config().retainedJobs())) {
                    LOG.info(
                            "[{}] forgotten: more than {} jobs have ended since",
                            old,
                            services.config().retainedJobs());
                    turn.store(new MasterRecord.Forget(old));
                }
            }
        }
        touched.clear();
    }

    private void touch(JobInProgress job) {
        job.changed();
        touched.put(job.number, job);
        placementDue = true;
    }

    /** Adds the rows of the cluster and all jobs as they would be stored now; names of forgotten jobs left out. */
    public void rows(List<MasterRecord> rows) {
        rows.add(book.row());
        for (JobInProgress job : book.all()) {
            job.rows(rows);
        }
    }

    // ---- for showing

    public String clusterId() {
        return book.clusterId();
    }

    /** Calls back for all jobs in order of their ids; a status that did not change is the same object as before. */
    public void forEach(long nowNs, StatusReader reader) {
        for (JobInProgress job : book.all()) {
            reader.take(job.number, job.status(nowNs));
        }
    }

    /** Takes one job's number and status. */
    public interface StatusReader {
        void take(long number, JobStatus status);
    }
}
