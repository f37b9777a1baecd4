package io.valiant.master.work;

import io.valiant.bsp.BspException;
import io.valiant.config.BspConfiguration;
import io.valiant.io.FileStores;
import io.valiant.io.OutputFolder;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobSpec;
import io.valiant.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the outputs of jobs that are submitted, in worker threads of its own, so that an output that is there already is told to the submitter and
 * not by a job that failed. The submitter waits for it: what cannot be told within a while, as of a store that
 * is away, is left to the job, whose output is looked at again before its first start. Never blocks a caller; safe in any thread.
 */
public final class OutputChecks implements AutoCloseable {
    /** Longer nobody waits for a store, in nanoseconds. */
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(2);

    /** So long a folder may be in the way that looks as if it were being cleared up, in nanoseconds. */
    static final long SETTLING_NS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(OutputChecks.class);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final FileStores stores;
    private final Clock clock;
    private final Consumer<MasterEvent> results;
    private final long longestNs;

    /** A store that does not answer holds a thread of them; hence the timer has one of its own. */
    private final StoreTurns turns = new StoreTurns("master-outputs-");

    private final ScheduledThreadPoolExecutor timer;

    /** @param results takes the events that answer the effects; never blocks */
    public OutputChecks(BspConfiguration configuration, Clock clock, Consumer<MasterEvent> results) {
        this(configuration, clock, results, LONGEST_NS);
    }

    /** @param longestNs after which a submission is answered whatever its output's store does */
    OutputChecks(BspConfiguration configuration, Clock clock, Consumer<MasterEvent> results, long longestNs) {
        this.longestNs = longestNs;
        this.stores = new FileStores(configuration.hadoop());
        this.clock = clock;
        this.results = results;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "master-outputs-timer"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Answered by OutputChecked. */
    public void check(MasterEffect.CheckOutput effect) {
        Look look = new Look(effect, clock.nanoTime());
        look.go();
        look.answerLater();
    }

    /** Outputs that nobody has begun to look at. */
    int waiting() {
        return turns.waiting();
    }

    /** Stops; whoever waits is told by the leadership's end. */
    @Override
    public void close() {
        timer.shutdownNow();
        turns.close();
    }

    /** At one output, until something can be told of it. */
    private final class Look implements Runnable {
        private final long call;
        private final JobSpec spec;
        private final long sinceNs;
        private final AtomicBoolean answered = new AtomicBoolean();

        Look(MasterEffect.CheckOutput effect, long nowNs) {
            this.call = effect.call();
            this.spec = effect.spec();
            this.sinceNs = nowNs;
        }

        void go() {
            if (!turns.offer(FileStores.name(spec.output()), this)) {
                LOG.info("[master] output {} is left to the job: too many wait to be looked at", spec.output());
                answer(null, null);
            } else if (answered.get()) {
                // by the timer, before it waited
                turns.remove(this);
            }
        }

        void answerLater() {
            later(longestNs, () -> {
                if (!answered.get()) {
                    LOG.info("[master] output {} is left to the job: its store does not answer", spec.output());
                    answer(null, null);
                }
            });
        }

        private void later(long ns, Runnable task) {
            try {
                var unused = timer.schedule(task, ns, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("[master] output {} is looked at by the next leadership", spec.output(), e);
            }
        }

        private void answer(ErrorCode code, String message) {
            if (answered.compareAndSet(false, true)) {
                turns.remove(this);
                results.accept(new MasterEvent.OutputChecked(call, spec, code == null ? null : code.code(), message));
            }
        }

        @Override
        public void run() {
            if (answered.get()) {
                return;
            }
            boolean settles = clock.nanoTime() - sinceNs < SETTLING_NS;
            try {
                OutputFolder folder = OutputFolder.glance(stores, spec.output(), spec.overwrite());
                String inTheWay = folder.inTheWay(null);
                if (inTheWay == null) {
                    answer(null, null);
                } else if (folder.isPassing() && settles) {
                    later(PAUSE_NS, this::go);
                } else {
                    answer(ErrorCode.OUTPUT_EXISTS, inTheWay);
                }
            } catch (BspException e) {
                failed(e, settles);
            } catch (RuntimeException | Error e) {
                // errors too, as of a class that is missing: the submitter waits for an answer
                LOG.error("[master] output {} cannot be looked at", spec.output(), e);
                answer(null, null);
            }
        }

        private void failed(BspException e, boolean settles) {
            if (e.kind() != BspException.Kind.USER) {
                LOG.info("[master] output {} is left to the job: {}", spec.output(), e.getMessage());
                answer(null, null);
            } else if (settles) {
                // a folder may go while it is listed
                later(PAUSE_NS, this::go);
            } else {
                answer(ErrorCode.BAD_REQUEST, e.getMessage());
            }
        }
    }
}
