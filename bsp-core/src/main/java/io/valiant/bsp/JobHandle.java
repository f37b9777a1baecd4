package io.valiant.bsp;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** A submitted job. Safe in any thread. Masters may come and go meanwhile: the handle finds them again. */
public interface JobHandle extends AutoCloseable {
    /** The job's id. */
    String id();

    /** The job now. */
    JobStatus status() throws BspException;

    /** How far the job is now; for somebody who waits, {@link #await(Progress)} tells as it goes on. */
    default JobProgress progress() throws BspException {
        return JobProgress.of(status(), supersteps(1));
    }

    /** The job's counters by group and name; there when it has succeeded, empty before. */
    default SortedMap<String, SortedMap<String, Long>> counters() throws BspException {
        SortedMap<String, SortedMap<String, Long>> counters = status().counters();
        return counters == null ? Collections.emptySortedMap() : counters;
    }

    /** The supersteps that have ended, oldest first; of long jobs some hundred of them. */
    default List<SuperstepStatus> supersteps() throws BspException {
        return supersteps(Integer.MAX_VALUE);
    }

    /**
     * The same.
     *
     * @param last only so many, the newest
     */
    List<SuperstepStatus> supersteps(int last) throws BspException;

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
