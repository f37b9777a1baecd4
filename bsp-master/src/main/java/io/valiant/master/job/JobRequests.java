package io.valiant.master.job;

import io.valiant.bsp.JobState;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.Turn;
import io.valiant.master.schedule.Selector;
import io.valiant.protocol.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients ask about jobs: refused with a word and a line, or done and answered once it is stored. */
public final class JobRequests {
    private static final Logger LOG = LoggerFactory.getLogger(JobRequests.class);

    private final JobBook book;
    private final JobServices services;
    private final EndWaiters waiters;
    private final Consumer<JobInProgress> touch;

    /** Calls that wait until a job is deleted. Soft: who asks again is answered again. */
    private final TreeMap<JobId, List<Long>> deletions = new TreeMap<>();

    /** @param touch takes each job to which something happens, before it does */
    JobRequests(JobBook book, JobServices services, EndWaiters waiters, Consumer<JobInProgress> touch) {
        this.book = book;
        this.services = services;
        this.waiters = waiters;
        this.touch = touch;
    }

    /** A job that may be taken is one once its output has been looked at, unless it has none. */
    public void submit(MasterEvent.Submit event, Turn turn) {
        if (isAnswered(event.call(), event.spec(), turn)) {
            return;
        }
        if (event.spec().output() == null) {
            take(event.call(), event.spec(), turn);
        } else {
            turn.effect(new MasterEffect.CheckOutput(event.call(), event.spec()));
        }
    }

    /** Meanwhile the same may have been said again, or somebody may have taken the id. */
    public void outputChecked(MasterEvent.OutputChecked event, Turn turn) {
        if (isAnswered(event.call(), event.spec(), turn)) {
            return;
        }
        if (event.code() == null) {
            take(event.call(), event.spec(), turn);
        } else {
            turn.reject(event.call(), event.code(), event.message());
        }
    }

    private boolean isAnswered(long call, JobSpec spec, Turn turn) {
        JobInProgress same = book.withKey(spec.idempotencyKey());
        if (same != null) {
            turn.reply(call, new MasterReply.Submitted(same.id, !isRepeated(same.spec, spec)));
            return true;
        }
        if (spec.requestedId() != null && !JobId.isValid(spec.requestedId())) {
            turn.reject(call, "BadRequest", "job id '" + spec.requestedId() + "' has a form that is not allowed");
            return true;
        }
        String taken = spec.requestedId() == null ? null : book.whyNotFree(new JobId(spec.requestedId()));
        if (taken != null) {
            turn.reject(call, "JobExists", taken + "; choose another --id");
            return true;
        }
        String badSelector = whyNotSelector(spec.selector());
        if (badSelector != null) {
            turn.reject(call, "BadRequest", badSelector);
            return true;
        }
        return false;
    }

    /**
     * Whether a submission is an earlier one said again, whose answer was lost: it has the same staged files, whose folder has a
     * random name. Its submitter must not take them for needless copies and remove them.
     */
    private static boolean isRepeated(JobSpec before, JobSpec now) {
        boolean staged = !now.jars().isEmpty() || !now.data().files().isEmpty();
        return staged
                && now.jars().equals(before.jars())
                && now.data().files().equals(before.data().files());
    }

    private void take(long call, JobSpec spec, Turn turn) {
        turn.reply(call, new MasterReply.Submitted(create(spec, turn).id, false));
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
        JobId id = spec.requestedId() == null ? JobId.of(book.clusterId(), number) : new JobId(spec.requestedId());
        JobInProgress job = new JobInProgress(id, number, spec, turn.wall(), services);
        book.add(job);
        touch.accept(job);
        LOG.info("[{}] submitted by {}: {} with {} tasks", id, spec.user(), spec.name(), spec.tasks());
        turn.tell("JOB_SUBMITTED", id, "job " + id + " submitted by " + spec.user() + ", " + spec.tasks() + " tasks");
        return job;
    }

    public void cancel(MasterEvent.Cancel event, Turn turn) {
        JobInProgress job = find(event.call(), event.job(), turn);
        if (job == null) {
            return;
        }
        if (job.state() == JobState.SUCCEEDED || job.state() == JobState.FAILED) {
            rejectEnded(event.call(), job, turn);
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
            touch.accept(job);
            job.cancel(event.user());
        }
        turn.reply(event.call(), new MasterReply.Done());
    }

    /** Answered once nothing is owed to the job any more: then its rows go. */
    public void delete(MasterEvent.DeleteJob event, Turn turn) {
        JobInProgress job = find(event.call(), event.job(), turn);
        if (job == null) {
            return;
        }
        if (!job.state().isEnded()) {
            turn.reject(
                    event.call(),
                    "JobNotEnded",
                    "job " + job.id + " is " + job.state() + "; only a job that has ended is deleted: cancel it first");
            return;
        }
        LOG.info("[{}] to be deleted, says {}", job.id, event.user());
        deletions.computeIfAbsent(job.id, missing -> new ArrayList<>()).add(event.call());
        touch.accept(job);
    }

    /** Who waits for that job to be deleted; nobody any more after the call. */
    List<Long> takeDeletions(JobId job) {
        List<Long> calls = deletions.remove(job);
        return calls == null ? List.of() : calls;
    }

    public void supersteps(MasterEvent.AskSupersteps event, Turn turn) {
        JobInProgress job = find(event.call(), event.job(), turn);
        if (job != null) {
            turn.reply(event.call(), new MasterReply.Supersteps(job.timeline().last(event.last())));
        }
    }

    public void describe(MasterEvent.DescribeJob event, Turn turn) {
        JobInProgress job = find(event.call(), event.job(), turn);
        if (job != null) {
            turn.reply(event.call(), new MasterReply.Described(job.spec, job.rollBacks()));
        }
    }

    private static void rejectEnded(long call, JobInProgress job, Turn turn) {
        turn.reject(call, "JobEnded", "job " + job.id + " has already " + job.state());
    }

    public void awaitEnd(MasterEvent.AwaitEnd event, Turn turn) {
        JobInProgress job = find(event.call(), event.job(), turn);
        if (job != null) {
            waiters.add(job, event.call(), event.untilNs(), turn);
        }
    }

    public void endAttempt(MasterEvent.EndAttempt event, Turn turn) {
        AttemptInProgress attempt = running(event.call(), event.attempt(), turn);
        if (attempt != null) {
            JobInProgress job = book.get(event.attempt().job());
            touch.accept(job);
            if (attempt.generation == job.generation() || job.kept().stays(attempt)) {
                job.endAttempt(attempt, event.fail(), event.user(), turn);
            }
            turn.reply(event.call(), new MasterReply.Done());
        }
    }

    public void stopAttempt(MasterEvent.StopAttempt event, Turn turn) {
        AttemptInProgress attempt = running(event.call(), event.attempt(), turn);
        if (attempt == null) {
            return;
        }
        JobInProgress job = book.get(event.attempt().job());
        Integer stopped = job.facts().stopped();
        if (attempt.generation != job.generation()) {
            turn.reject(event.call(), "AttemptEnded", "attempt " + event.attempt() + " is about to end");
        } else if (stopped != null && stopped != attempt.id.task()) {
            turn.reject(
                    event.call(),
                    "BadRequest",
                    "job " + job.id + " is being stopped for task " + stopped + " already; resume that first");
        } else {
            if (stopped == null) {
                touch.accept(job);
                LOG.info("{} is to be stopped by {}", attempt, event.user());
                job.stopping().stop(attempt.id.task(), event.user());
            }
            turn.reply(event.call(), new MasterReply.Done());
        }
    }

    public void resumeTask(MasterEvent.ResumeTask event, Turn turn) {
        JobInProgress job = find(event.call(), event.job(), turn);
        if (job == null) {
            return;
        }
        Integer stopped = job.facts().stopped();
        if (job.state().isEnded() || job.isEnding()) {
            rejectEnded(event.call(), job, turn);
        } else if (stopped == null || stopped != event.task()) {
            turn.reject(
                    event.call(),
                    "TaskNotStopped",
                    "task " + event.task() + " of job " + job.id + " is not stopped"
                            + (stopped == null ? "" : ", task " + stopped + " is"));
        } else {
            touch.accept(job);
            LOG.info("[{} g{}] task {} resumed by {}", job.id, job.generation(), event.task(), event.user());
            job.stopping().resume();
            turn.reply(event.call(), new MasterReply.Done());
        }
    }

    /** An attempt that may be ended, or null after it was refused. */
    private AttemptInProgress running(long call, AttemptId id, Turn turn) {
        JobInProgress job = find(call, id.job(), turn);
        if (job == null) {
            return null;
        }
        AttemptInProgress attempt = job.attempt(id.task(), id.number());
        if (attempt == null) {
            turn.reject(call, "AttemptNotFound", "there is no attempt " + id);
        } else if (attempt.state().isEnded() || job.isEnding()) {
            turn.reject(call, "AttemptEnded", "attempt " + id + " has ended or is about to: " + attempt.state());
        } else if (job.isCommitting()) {
            turn.reject(call, "JobCommitting", "job " + job.id + " is putting its output in place");
        } else {
            return attempt;
        }
        return null;
    }

    private JobInProgress find(long call, JobId id, Turn turn) {
        JobInProgress job = book.get(id);
        if (job == null) {
            turn.reject(call, "JobNotFound", "no job " + id + "; bsp job list shows those there are");
        }
        return job;
    }
}
