package io.valiant.local;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobSubmitter;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.config.SiteFile;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.OutputCommitter;
import io.valiant.io.Retry;
import io.valiant.io.SplitPlanner;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.time.SystemClock;
import io.valiant.time.SystemPauses;
import java.util.List;

/**
 * Runs a job with all its peers in this JVM, by the same peer, core, output and commit as in a cluster, over an in-memory
 * transport. Jobs share nothing: each has its own class loader, network and threads. A task that fails fails the job at
 * once: there are no further attempts, unless a test kit's {@link LocalHarness} asks for one. Storage that is away is tried
 * again as in a cluster while the job runs and when its output is put in place; whoever submits a job is told of it at once. A
 * program that neither syncs nor heeds an interrupt after its job has ended keeps its (daemon) thread: a thread cannot be
 * killed as a process can.
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
        return submit(JobSpecs.of(job, configuration), configuration, new MemoryLinks());
    }

    /**
     * The same for test kits.
     *
     * @param spec a checked job
     * @param harness used by this job alone
     */
    public JobHandle submit(JobSpec spec, BspConfiguration configuration, LocalHarness harness) throws BspException {
        BspConfiguration ofJob = configuration.withJob(spec.configuration());
        JobId id = new JobId(
                spec.requestedId() != null
                        ? spec.requestedId()
                        : "job_local_" + new SecureRandomSource().hex128().substring(0, 12));
        Retry again = new Retry(ofJob.get(Keys.FS_RETRY_WINDOW).toNanos(), SystemClock.INSTANCE, SystemPauses.INSTANCE);
        FileStores stores = new FileStores(configuration.hadoop());
        if (spec.output() != null) {
            new OutputCommitter(stores, spec.output(), spec.overwrite(), id).check();
        }
        List<List<InputSplit>> splits = new SplitPlanner(stores).plan(spec.inputs(), spec.tasks());
        LocalJob running = new LocalJob(id, spec, ofJob, stores.retrying(again), harness);
        running.start(splits);
        return new LocalHandle(running);
    }
}
