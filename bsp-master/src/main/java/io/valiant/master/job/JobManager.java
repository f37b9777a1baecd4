package io.valiant.master.job;

import io.valiant.bsp.Cause;
import io.valiant.bsp.JobStatus;
import io.valiant.concurrent.RandomSource;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.Observation;
import io.valiant.master.core.Turn;
import io.valiant.master.groom.GroomManager;
import io.valiant.master.recovery.RecoveryPlanner;
import io.valiant.master.schedule.Decision;
import io.valiant.master.schedule.PlacementRequest;
import io.valiant.master.schedule.Selector;
import io.valiant.master.schedule.TaskScheduler;
import io.valiant.master.schedule.TaskWish;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.PlacementTrial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All jobs: their names, their queue, and how long they are kept. Hands what happens to the job it
 * concerns, and places what waits. Part of the core.
 */
public final class JobManager {
    private static final Logger LOG = LoggerFactory.getLogger(JobManager.class);

    private final JobServices services;
    private final TaskScheduler scheduler;
    private final JobBook book = new JobBook();
    private final EndWaiters waiters = new EndWaiters();
    private final TableCheck tables;
    private final JobRequests requests;

    /** Jobs to be advanced and stored at the end of the step, by number. */
    private final TreeMap<Long, JobInProgress> touched = new TreeMap<>();

    /** Something happened that may let a job be placed. */
    private boolean placementDue;

    public JobManager(GroomManager grooms, TaskScheduler scheduler, RandomSource random, MasterConfig config) {
        this.services = new JobServices(grooms, new RecoveryPlanner(config.backoff()), random, config);
        this.scheduler = scheduler;
        this.tables = new TableCheck(book, grooms, config.absenceGraceNs());
        this.requests = new JobRequests(book, services, waiters, this::touch);
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
            } else if (row instanceof MasterRecord.Checkpoints checkpoints) {
                book.get(checkpoints.job()).load(checkpoints);
            } else if (row instanceof MasterRecord.Attempt attempt) {
                book.get(attempt.id().job()).load(attempt);
            }
        }
        book.loaded();
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

    /** Takes what clients ask. */
    public JobRequests requests() {
        return requests;
    }

    // ---- workers

    public void prepared(JobId id, List<List<InputSplit>> splits, Turn turn) {
        with(id, job -> job.prepared(splits, turn));
    }

    public void prepareFailed(JobId id, Cause cause) {
        with(id, job -> job.prepareFailed(cause));
    }

    public void manifestWritten(MasterEvent.ManifestWritten event, Turn turn) {
        with(event.job(), job -> job.reports().manifestWritten(event.checkpoint(), event.bytes(), turn));
    }

    public void manifestFailed(MasterEvent.ManifestFailed event, Turn turn) {
        with(event.job(), job -> job.reports()
                .manifestFailed(event.generation(), event.superstep(), event.cause(), turn));
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

    /** Takes a report of that incarnation; what concerns attempts that are not its own changes nothing. */
    public void report(GroomId groom, long incarnation, GroomReport report, Turn turn) {
        AttemptId id = report.attempt();
        JobInProgress job = book.get(id.job());
        AttemptInProgress attempt = job == null ? null : job.attempt(id.task(), id.number());
        boolean ours = attempt != null
                && attempt.groom.equals(groom)
                && attempt.incarnation == incarnation
                && report.generation() <= attempt.generation;
        if (ours && report instanceof GroomReport.Supersteps told) {
            // nothing follows from it, and nobody but those who ask for it sees it
            job.timeline()
                    .add(
                            told.generation(),
                            id.task(),
                            told.shares(),
                            (step, ended) -> turn.observe(new Observation.SuperstepEnded(step, ended)));
        } else if (ours) {
            touch(job);
            job.reports().take(attempt, report, turn);
        }
    }

    /** A groom that is there is no place for tasks any more. */
    public void groomUnhealthy(GroomId groom, long incarnation, String why, Turn turn) {
        for (JobInProgress job : book.open()) {
            touch(job);
            job.reports().unhealthy(groom, incarnation, why, turn);
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
            if (job.placement().separate()) {
                touched.put(job.number, job);
                job.advance(turn);
            }
            PlacementRequest request = job.placement().request();
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
                job.placement().placed(placed.grooms(), turn);
            } else if (decision instanceof Decision.Waits waits) {
                job.placement().waits(waits.reason(), turn);
            }
        }
    }

    /** Where a job would be placed that was submitted now, behind those that wait. */
    public void tryPlacement(MasterEvent.TryPlacement wish, Turn turn) {
        Selector selector;
        try {
            selector = Selector.parse(wish.selector());
        } catch (IllegalArgumentException e) {
            turn.reject(wish.call(), "BadRequest", e.getMessage());
            return;
        }
        List<PlacementRequest> queue = new ArrayList<>();
        for (JobInProgress job : book.open()) {
            PlacementRequest request = job.placement().request();
            if (request != null) {
                queue.add(request);
            }
        }
        JobId next = JobId.of(book.clusterId(), book.nextNumber());
        List<TaskWish> tasks = Collections.nCopies(wish.tasks(), TaskWish.NONE);
        queue.add(new PlacementRequest(
                next, book.nextNumber(), wish.priority(), selector, Collections.emptySortedSet(), true, 0, tasks));
        PlacementTrial trial = new PlacementTrial(false, "it waits for jobs that came before", List.of());
        for (Decision decision : scheduler.schedule(queue, services.grooms().views())) {
            if (decision.job().equals(next) && decision instanceof Decision.Placed placed) {
                trial = new PlacementTrial(
                        true, null, placed.grooms().stream().map(GroomId::value).toList());
            } else if (decision.job().equals(next) && decision instanceof Decision.Waits waits) {
                trial = new PlacementTrial(false, waits.reason(), List.of());
            }
        }
        turn.reply(wish.call(), new MasterReply.Tried(trial));
    }

    /** Stores what changed, and tells those who waited for an end. */
    public void flush(Turn turn) {
        if (book.takeDirty()) {
            turn.store(book.row());
        }
        for (JobInProgress job : touched.values()) {
            job.flush(turn);
            if (job.state().isEnded()) {
                waiters.ended(job, turn);
            }
            List<Long> deletions = job.isSettled() ? requests.takeDeletions(job.id) : List.of();
            if (!deletions.isEmpty()) {
                book.delete(job);
                turn.store(new MasterRecord.Forget(job.id));
                deletions.forEach(call -> turn.reply(call, new MasterReply.Done()));
            } else if (job.isSettled()) {
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
