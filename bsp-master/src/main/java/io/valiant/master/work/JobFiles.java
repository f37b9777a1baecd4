package io.valiant.master.work;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.checkpoint.CheckpointFolders;
import io.valiant.checkpoint.Manifest;
import io.valiant.checkpoint.SharedSections;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.OutputCommitter;
import io.valiant.io.RetryWindow;
import io.valiant.io.SplitPlanner;
import io.valiant.io.StagedJars;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at inputs, puts outputs in place, completes checkpoints and clears up, in worker threads. A file system that is away
 * is tried again for {@code bsp.fs.retry.window} before it is a failure, and for as long as it takes where a job that has
 * ended is cleared up after. Every step may be repeated by a later leadership.
 */
public final class JobFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);
    private static final int THREADS = 4;
    private static final long CLOSE_MS = 1_000;

    private final FileStores stores;
    private final BspConfiguration configuration;
    private final Clock clock;
    private final Consumer<MasterEvent> results;
    private final ScheduledThreadPoolExecutor workers;

    /** Which job puts its parts in place there: two that replace the same output must not mix theirs. */
    private final ConcurrentHashMap<String, JobId> committing = new ConcurrentHashMap<>();

    /** @param results takes the events that answer the effects; never blocks */
    public JobFiles(BspConfiguration configuration, Clock clock, Consumer<MasterEvent> results) {
        this.stores = new FileStores(configuration.hadoop());
        this.configuration = configuration;
        this.clock = clock;
        this.results = results;
        AtomicInteger number = new AtomicInteger();
        this.workers = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "master-files-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Answered by Prepared or PrepareFailed. */
    public void prepare(MasterEffect.Prepare effect) {
        JobId job = effect.job();
        JobSpec spec = effect.spec();
        submit(job, spec, "prepare", () -> prepared(job, spec), why -> new MasterEvent.PrepareFailed(job, cause(why)));
    }

    private MasterEvent prepared(JobId job, JobSpec spec) throws BspException {
        if (spec.output() != null) {
            committer(job, spec).check();
        }
        List<List<InputSplit>> splits = new SplitPlanner(stores).plan(spec.inputs(), spec.tasks());
        return new MasterEvent.Prepared(job, splits);
    }

    /** Answered by OutputCommitted or CommitFailed. */
    public void commit(MasterEffect.CommitOutput effect) {
        JobId job = effect.job();
        String output = FileStores.whole(effect.spec().output());
        committing.putIfAbsent(output, job);
        submit(
                job,
                effect.spec(),
                "commit",
                () -> {
                    takeOutput(output, job);
                    committer(job, effect.spec()).commit(effect.parts());
                    committing.remove(output, job);
                    return new MasterEvent.OutputCommitted(job);
                },
                why -> {
                    committing.remove(output, job);
                    return new MasterEvent.CommitFailed(job, cause(why));
                });
    }

    /** Kept while a store that is away is tried again. */
    private void takeOutput(String output, JobId job) throws BspException {
        JobId holder = committing.putIfAbsent(output, job);
        if (holder != null && !holder.equals(job)) {
            throw new BspException(
                    BspException.Kind.RETRIABLE, "job " + holder + " is putting its own output in place in " + output);
        }
    }

    /** Answered by TemporaryDiscarded: a job that has ended owes it. What trying again does not remove is left, and told. */
    public void discard(MasterEffect.DiscardTemporary effect) {
        JobId job = effect.job();
        submit(
                job,
                effect.spec(),
                RetryWindow.FOR_EVER,
                "clear up after",
                () -> {
                    if (effect.started() && effect.spec().output() != null) {
                        committer(job, effect.spec()).discard();
                    }
                    if (effect.started()) {
                        delete(CheckpointFolders.job(configuration.get(Keys.SYSTEM_DIR), job));
                    }
                    discardJars(effect.spec());
                    return new MasterEvent.TemporaryDiscarded(job);
                },
                why -> {
                    LOG.warn(
                            "[{}] temporary output is left in {}, checkpoints in {}, or jars among {}: {}",
                            job,
                            effect.spec().output(),
                            CheckpointFolders.job(configuration.get(Keys.SYSTEM_DIR), job),
                            effect.spec().jars(),
                            why.getMessage());
                    return new MasterEvent.TemporaryDiscarded(job);
                });
    }

    /** Answered by ManifestWritten or ManifestFailed. */
    public void writeManifest(MasterEffect.WriteManifest effect) {
        JobId job = effect.job();
        long bytes = effect.parts().stream().mapToLong(CheckpointPart::length).sum();
        submit(
                job,
                null,
                "write a checkpoint's manifest of",
                () -> {
                    CheckpointRef written = Manifest.write(
                            stores, effect.folder(), job, effect.generation(), effect.superstep(), effect.parts());
                    return new MasterEvent.ManifestWritten(job, written, bytes);
                },
                why -> new MasterEvent.ManifestFailed(job, effect.generation(), effect.superstep(), cause(why)));
    }

    /** Not answered: what is left goes with the job. */
    public void deleteCheckpoint(MasterEffect.DeleteCheckpoint effect) {
        submit(
                effect.job(),
                null,
                "remove a checkpoint of",
                () -> {
                    delete(effect.folder());
                    return null;
                },
                why -> {
                    LOG.warn("[{}] checkpoint {} is left: {}", effect.job(), effect.folder(), why.getMessage());
                    return null;
                });
    }

    /** Not answered: what is left is removed with the next checkpoint, or with the job. */
    public void deleteUnnamedSections(MasterEffect.DeleteUnnamedSections effect) {
        submit(
                effect.job(),
                null,
                "remove sections that no checkpoint names of",
                () -> {
                    SharedSections.removeUnnamed(stores, effect.folder(), effect.kept());
                    return null;
                },
                why -> {
                    LOG.info(
                            "[{}] shared sections of {} are left: {}", effect.job(), effect.folder(), why.getMessage());
                    return null;
                });
    }

    private void delete(String folder) throws BspException {
        stores.of(folder).delete(folder);
    }

    private void discardJars(JobSpec spec) throws BspException {
        List<String> staged = new ArrayList<>(spec.jars());
        staged.addAll(spec.data().files().values());
        for (String folder : StagedJars.foldersOf(staged, configuration.get(Keys.SYSTEM_DIR))) {
            delete(folder);
        }
    }

    private OutputCommitter committer(JobId job, JobSpec spec) throws BspException {
        return new OutputCommitter(stores, spec.output(), spec.overwrite(), job);
    }

    private static Cause cause(BspException why) {
        CauseType type = why.kind() == BspException.Kind.USER ? CauseType.USER_ERROR : CauseType.STORAGE;
        return Cause.of(type, why.getMessage());
    }

    private long windowNs(JobSpec spec) {
        Duration window = configuration.get(Keys.FS_RETRY_WINDOW);
        try {
            if (spec != null) {
                window = configuration.withJob(spec.configuration()).get(Keys.FS_RETRY_WINDOW);
            }
        } catch (BspException e) {
            LOG.debug("the job's configuration is refused when it is prepared", e);
        }
        return window.toNanos();
    }

    /** @param spec whose keys count, or null: those of the master */
    private void submit(JobId job, JobSpec spec, String what, Step step, Function<BspException, MasterEvent> failed) {
        submit(job, spec, windowNs(spec), what, step, failed);
    }

    private void submit(
            JobId job,
            JobSpec spec,
            long windowNs,
            String what,
            Step step,
            Function<BspException, MasterEvent> failed) {
        Step checked = () -> {
            if (spec != null) {
                configuration.withJob(spec.configuration());
            }
            return step.run();
        };
        Work work = new Work(job, what, new RetryWindow(windowNs, clock.nanoTime()), checked, failed);
        try {
            workers.execute(() -> run(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("[{}] {} is left to the next leadership", work.job(), work.what(), e);
        }
    }

    private void run(Work work) {
        MasterEvent result;
        try {
            result = work.step().run();
        } catch (BspException e) {
            long pauseNs = e.kind() == BspException.Kind.RETRIABLE
                    ? work.window().nextPauseNs(clock.nanoTime())
                    : RetryWindow.GIVE_UP;
            if (pauseNs != RetryWindow.GIVE_UP) {
                LOG.info("[{}] cannot {} job now, trying again: {}", work.job(), work.what(), e.getMessage());
                retry(work, pauseNs);
                return;
            }
            result = work.failed().apply(e);
        } catch (RuntimeException | Error e) {
            // errors too, as of a class that is missing: without an answer the job would wait for ever
            LOG.error("[{}] cannot {} job", work.job(), work.what(), e);
            result = work.failed().apply(new BspException(BspException.Kind.FATAL, "internal error: " + e, e));
        }
        if (result != null) {
            results.accept(result);
        }
    }

    private void retry(Work work, long pauseNs) {
        try {
            var unused = workers.schedule(() -> run(work), pauseNs, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("[{}] {} is left to the next leadership", work.job(), work.what(), e);
        }
    }

    /** Stops; what is under way has a second to end, and is done again by the next leadership if it does not. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("[master] work on files of jobs goes on after {} ms", CLOSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Step {
        /** The answer, or null: there is none. */
        MasterEvent run() throws BspException;
    }

    private record Work(
            JobId job, String what, RetryWindow window, Step step, Function<BspException, MasterEvent> failed) {}
}
