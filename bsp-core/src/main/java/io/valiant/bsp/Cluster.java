package io.valiant.bsp;

import java.util.List;

/**
 * A cluster as programs see it; made by {@link Valiant#connect()}. Safe in any thread. Masters may come and go meanwhile: every
 * call is repeated until it is answered. One that has no answer within {@code bsp.client.timeout} throws a {@link BspException} of
 * kind RETRIABLE, one after {@link #close} too.
 */
public interface Cluster extends AutoCloseable {
    /**
     * The master that leads.
     *
     * @throws BspException RETRIABLE if none does now
     */
    MasterStatus leader() throws BspException;

    /** All masters, by name. */
    List<MasterStatus> masters() throws BspException;

    /** All grooms that the leader knows, by name. */
    List<GroomStatus> grooms() throws BspException;

    /** Checks the job, stages its jars and submits it; returns when that is stored. Closing the handle leaves this open. */
    JobHandle submit(BspJob job) throws BspException;

    /**
     * A job that was submitted by anybody. Closing the handle leaves this open.
     *
     * @throws BspException USER if the leader remembers none with that id
     */
    JobHandle job(String id) throws BspException;

    /** All jobs that the leader remembers, in the order of their submission: those that go on, and the newest that have ended. */
    List<JobStatus> jobs() throws BspException;

    /** The same, only those in that state. */
    List<JobStatus> jobs(JobState state) throws BspException;

    /** Follows all jobs: those that the leader remembers by then are told first, afterwards what changes. */
    JobWatch watch();

    /** Gives up the connection, that of its handles and watches as well; jobs go on. */
    @Override
    void close();
}
