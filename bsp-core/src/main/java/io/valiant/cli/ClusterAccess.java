package io.valiant.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.id.JobId;
import io.valiant.protocol.ClientProtocol;

/** The cluster that verbs talk to. Used by one thread. */
public interface ClusterAccess extends AutoCloseable {
    /** Checks and stages the job, and submits it. */
    JobHandle submit(BspJob job) throws BspException;

    /** A handle of a job that is there already; whether it is shows at its first use. */
    JobHandle handle(JobId job) throws BspException;

    /** The calls of the master. */
    ClientProtocol calls() throws BspException;

    @Override
    void close();
}
