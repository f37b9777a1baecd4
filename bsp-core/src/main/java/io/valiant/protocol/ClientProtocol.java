package io.valiant.protocol;

import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.MasterStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * What clients ask of a master. No method waits: each future ends with the answer, or with a {@link CallException}. Safe
 * in any thread. Futures may be completed in a thread of the connection: what depends on them must not block.
 */
public interface ClientProtocol {
    /** Submits a job. Answered when it is stored; with the same idempotency key again it is the same job. */
    CompletableFuture<Submission> submit(JobSpec spec);

    /** The job now, with its tasks and attempts. {@link ErrorCode#JOB_NOT_FOUND}. */
    CompletableFuture<JobStatus> job(JobId job);

    /** One page of the jobs that the master remembers, in the order of their submission. */
    CompletableFuture<JobPage> jobs(JobQuery query);

    /** Waits at most so long for the job's end, then the job as it is. {@link ErrorCode#JOB_NOT_FOUND}. */
    CompletableFuture<JobStatus> awaitEnd(JobId job, Duration atMost);

    /**
     * Asks for the job to be killed; answered when that is stored. {@link ErrorCode#JOB_NOT_FOUND}, {@link
     * ErrorCode#JOB_ENDED}, {@link ErrorCode#JOB_COMMITTING}.
     */
    CompletableFuture<Void> cancel(JobId job);

    /**
     * Forgets a job that has ended; answered when that is stored. {@link ErrorCode#JOB_NOT_FOUND}, {@link
     * ErrorCode#JOB_NOT_ENDED}.
     */
    CompletableFuture<Void> delete(JobId job);

    /**
     * The supersteps of a job that are kept, oldest first.
     *
     * @param last only so many, the newest
     */
    CompletableFuture<List<SuperstepStatus>> supersteps(JobId job, int last);

    /**
     * Ends an attempt; its task is tried again.
     *
     * @param fail whether it counts against the task
     */
    CompletableFuture<Void> endAttempt(AttemptId attempt, boolean fail);

    /**
     * Ends an attempt at the next barrier, after a checkpoint where one can be taken; its job waits until the task is resumed.
     * Answered when the wish is stored. {@link ErrorCode#ATTEMPT_NOT_FOUND}, {@link ErrorCode#ATTEMPT_ENDED}, {@link
     * ErrorCode#JOB_COMMITTING}.
     */
    CompletableFuture<Void> stopAttempt(AttemptId attempt);

    /** Lets the job of a stopped task go on. {@link ErrorCode#JOB_ENDED}, {@link ErrorCode#TASK_NOT_STOPPED}. */
    CompletableFuture<Void> resumeTask(JobId job, int task);

    /** Lets a groom get nothing new; its tasks end. Answered when that is stored. {@link ErrorCode#GROOM_NOT_FOUND}. */
    CompletableFuture<Void> drainGroom(GroomId groom);

    /** Lets a drained or blacklisted groom get tasks. {@link ErrorCode#GROOM_NOT_FOUND}. */
    CompletableFuture<Void> undrainGroom(GroomId groom);

    /**
     * Forgets a groom that is LOST, or drained and without a task. {@link ErrorCode#GROOM_NOT_FOUND}, {@link
     * ErrorCode#GROOM_IN_USE}.
     */
    CompletableFuture<Void> removeGroom(GroomId groom);

    /** All grooms the master knows, by name. */
    CompletableFuture<List<GroomStatus>> grooms();

    /** One groom. {@link ErrorCode#GROOM_NOT_FOUND}. */
    CompletableFuture<GroomStatus> groom(GroomId groom);

    /** The cluster as a whole. */
    CompletableFuture<ClusterStatus> cluster();

    /** All masters of the cluster, by name. */
    CompletableFuture<List<MasterStatus>> masters();

    /** What the master's configuration says, key by key, secrets masked. */
    CompletableFuture<SortedMap<String, String>> configuration();

    /**
     * The stacks of all threads of an attempt's JVM, fetched from its groom by the master. {@link
     * ErrorCode#ATTEMPT_NOT_FOUND}, {@link ErrorCode#ATTEMPT_ENDED}, {@link ErrorCode#NO_THREAD_DUMP}.
     */
    CompletableFuture<String> threads(AttemptId attempt);

    /**
     * A piece of what an attempt wrote, fetched from its groom by the master.
     *
     * @param offset first byte wanted; at or past the end: an empty piece
     * @param length most bytes wanted; at most {@link LogChunk#MAX_BYTES} are given
     */
    CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length);
}
