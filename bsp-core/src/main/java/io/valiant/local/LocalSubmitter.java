package io.valiant.local;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobSubmitter;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.SiteFile;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.OutputCommitter;
import io.valiant.io.SplitPlanner;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import java.util.List;

/**
 * Runs a job with all its peers in this JVM, by the same peer, core, output and commit as in a cluster, over an in-memory
 * transport. Jobs share nothing: each has its own class loader, network and threads. A task that fails fails the job at
 * once: there are no further attempts. A program that neither syncs nor heeds an interrupt after its job has ended keeps
 * its (daemon) thread: a thread cannot be killed as a process can.
 */
public final class LocalSubmitter implements JobSubmitter {
    @Override
    public String place() {
        return "local";
    }

    /** With the configuration of {@link SiteFile#ofProcess}. */
    @Override
    public JobHandle submit(BspJob job) throws BspException {
        return submit(job, SiteFile.ofProcess());
    }

    /** Checks job, input and output as a cluster does, and starts it. */
    public JobHandle submit(BspJob job, BspConfiguration configuration) throws BspException {
        JobSpec spec = JobSpecs.of(job, configuration);
        JobId id = new JobId(
                spec.requestedId() != null
                        ? spec.requestedId()
                        : "job_local_" + new SecureRandomSource().hex128().substring(0, 12));
        FileStores stores = new FileStores(configuration.hadoop());
        OutputCommitter committer = null;
        if (spec.output() != null) {
            committer = new OutputCommitter(stores, spec.output(), spec.overwrite(), id);
            committer.check();
        }
        List<List<InputSplit>> splits = new SplitPlanner(stores).plan(spec.inputs(), spec.tasks());
        LocalJob running = new LocalJob(id, spec, configuration.withJob(spec.configuration()), stores, committer);
        running.start(splits);
        return new LocalHandle(running);
    }
}
