package io.valiant.bsp;

import java.time.Duration;

/** A submitted job. Safe in any thread. Masters may come and go meanwhile: the handle finds them again. */
public interface JobHandle extends AutoCloseable {
    /** The job's id. */
    String id();

    /** The job now. */
    JobStatus status() throws BspException;

    /** Waits for the end, without a limit, without telling progress. */
    default JobResult await() throws BspException {
        return await(Progress.SILENT);
    }

    /** Waits for the end, without a limit. */
    JobResult await(Progress progress) throws BspException;

    /** Waits for the end at most so long; null where the job has not ended by then. */
    JobResult await(Duration atMost, Progress progress) throws BspException;

    /** Asks for the job to be killed; returns when that is stored. */
    void cancel() throws BspException;

    /** Gives up the connection; the job goes on. */
    @Override
    void close();
}
