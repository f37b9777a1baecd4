package io.valiant.groom.launch;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.RandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.core.GroomEvent;
import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.groom.core.JvmOptions;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.ChildHandover;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.TaskAssignment;
import io.valiant.transport.PeerFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groom's child JVMs. Methods return at once; what they do is done by threads of their own and answered by events: a
 * launch by LaunchFailed, or by Launched and, when the whole process group is gone, ChildExited; the start of a spare by
 * SpareReady, if all goes well, and by SpareGone, if it is gone before a launch has taken it.
 */
public final class ChildProcesses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcesses.class);
    private static final String KILLED_BEFORE = "it was killed before it was started";

    /** Tells a child's main class that its attempt comes later. */
    private static final String SPARE_ARGUMENT = "spare";

    private static final Duration LONGEST_STOP_GRACE = Duration.ofMillis(1500);
    /** A process that left the group may keep the streams open: its words are not waited for longer. */
    private static final long LAST_WORDS_MS = 1000;

    /** A disk that says nothing for so long has nothing to say to how a child ended. */
    private static final long DISK_MS = 1000;

    private static final Duration KILL_TIME = Duration.ofMillis(1200);
    private static final Duration FILES_TIME = Duration.ofMillis(300);

    private final LaunchConfig config;
    private final LocalFolder local;
    private final RandomSource random;
    private final Consumer<GroomEvent> events;
    private final ChildEnds ends;
    private final JvmLauncher launcher;
    private final Map<AttemptId, ChildProcess> running = new ConcurrentHashMap<>();
    private final Map<Long, ChildJvm> spares = new ConcurrentHashMap<>();
    /** All that are there, or whose files are being removed. */
    private final Set<ChildJvm> jvms = ConcurrentHashMap.newKeySet();

    private final ExecutorService workers;
    private final ThreadDumps dumps;
    private volatile boolean closing;

    public ChildProcesses(LaunchConfig config, LocalFolder local, RandomSource random, Consumer<GroomEvent> events) {
        this(config, local, random, events, Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "children");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** @param workers do all that takes time; given up with this */
    ChildProcesses(
            LaunchConfig config,
            LocalFolder local,
            RandomSource random,
            Consumer<GroomEvent> events,
            ExecutorService workers) {
        this.config = config;
        this.local = local;
        this.random = random;
        this.events = events;
        this.launcher = new JvmLauncher(config, local.launcher());
        this.workers = workers;
        this.dumps = new ThreadDumps(workers);
        this.ends = new ChildEnds(local.logs(), workers, DISK_MS);
    }

    /**
     * Starts a child for the attempt, or has a spare take it; the token is handed over through its stdin.
     *
     * @param spare its number, or {@link GroomEffect.Launch#NO_SPARE}
     */
    public void launch(TaskAssignment assignment, String token, long spare) {
        ChildProcess child = new ChildProcess(assignment.attempt());
        running.put(assignment.attempt(), child);
        ChildJvm waiting = spares.remove(spare);
        String tag = random.hex128();
        workers.execute(() -> {
            if (waiting == null || !takeOver(child, assignment, token, waiting)) {
                start(child, assignment, token, tag);
            }
        });
    }

    private void start(ChildProcess child, TaskAssignment assignment, String token, String tag) {
        if (!child.isWanted()) {
            failed(child, KILLED_BEFORE);
            return;
        }
        List<CappedLog> opened = new ArrayList<>();
        ChildJvm jvm = null;
        boolean watched = false;
        try {
            BspConfiguration job =
                    config.configuration().withJob(assignment.spec().configuration());
            ChildFiles files = local.makeFiles(child.attempt());
            ChildHandover handover = handover(assignment, job, files, token);
            open(child.attempt(), job, opened);
            JvmOptions options = JvmOptions.of(assignment.spec(), config.childOptions());
            if (!child.begins()) {
                giveUp(child, opened, new IOException(KILLED_BEFORE));
                return;
            }
            EarlyLog stdout = EarlyLog.of(opened.get(0));
            EarlyLog stderr = EarlyLog.of(opened.get(1));
            jvm = launcher.start(options, files, tag, List.of(), stdout, stderr);
            serve(jvm, child);
            watched = true;
            runs(jvm, child);
            handOver(jvm, handover);
        } catch (IOException | BspException | RuntimeException | Error e) {
            // errors too, as of a machine that has no thread left: without an answer the slot would be taken for ever
            LOG.warn("[{}] could not be started", child.attempt(), e);
            if (jvm != null) {
                jvm.end();
            }
            if (!watched) {
                giveUp(child, opened, e);
            }
        }
    }

    private void serve(ChildJvm jvm, ChildProcess child) {
        jvm.serve(child);
        watch(jvm, child.attempt().toString(), line -> started(child, jvm, line), () -> ended(jvm, child.attempt()));
    }

    private static void runs(ChildJvm jvm, ChildProcess child) {
        signalSafely(child.attempt(), () -> child.runsIn(jvm));
    }

    private void giveUp(ChildProcess child, List<CappedLog> opened, Throwable why) {
        opened.forEach(log -> closeAfter(why, log));
        failed(child, inShort(why));
        removeFiles(
                new ChildFiles(local.attemptFolder(child.attempt())),
                child.attempt().toString());
        removeIfEmpty(child.attempt().job());
    }

    /** What was to remove the job's files may have come before there were any. */
    private void removeIfEmpty(JobId job) {
        try {
            local.removeIfEmpty(job);
        } catch (IOException e) {
            LOG.warn("[{}] its empty folder could not be removed: {}", job, e.toString());
        }
    }

    private static String inShort(Throwable why) {
        return why.getMessage() == null ? why.toString() : why.getMessage();
    }

    /** Opens the logs of stdout and stderr, in this order. */
    private void open(AttemptId attempt, BspConfiguration job, List<CappedLog> opened) throws IOException {
        Path logs = local.logs().attemptFolder(attempt);
        long cap = job.get(Keys.LOG_ATTEMPT_MAX_BYTES);
        opened.add(new CappedLog(logs, LogStream.STDOUT.label(), cap));
        opened.add(new CappedLog(logs, LogStream.STDERR.label(), cap));
    }

    private static void closeAfter(Throwable failure, CappedLog log) {
        try {
            log.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Reads the JVM's streams and waits for its end. */
    private void watch(ChildJvm jvm, String owner, StreamPump.LineTaker firstLine, Runnable ended) {
        jvms.add(jvm);
        CompletableFuture<?> unusedToo = jvm.gone.whenComplete((done, failure) -> jvms.remove(jvm));
        Process process = jvm.launcher();
        CompletableFuture<Void> pumps = CompletableFuture.allOf(
                pump(new StreamPump(owner, process.getInputStream(), jvm.stdout(), firstLine)),
                pump(new StreamPump(owner, process.getErrorStream(), jvm.stderr(), null)));
        CompletableFuture<?> unused = process.onExit()
                .thenCompose(exited -> pumps.completeOnTimeout(null, LAST_WORDS_MS, TimeUnit.MILLISECONDS))
                .whenCompleteAsync((done, failure) -> ended.run(), workers);
    }

    private CompletableFuture<Void> pump(StreamPump pump) {
        return CompletableFuture.runAsync(pump, workers);
    }

    // ---- spares

    /** Starts a JVM that waits for an attempt. */
    public void startSpare(long number) {
        String tag = random.hex128();
        workers.execute(() -> startSpare(number, tag));
    }

    private void startSpare(long number, String tag) {
        try {
            ChildFiles files = ChildFiles.make(local.spareFolder(number));
            ChildJvm jvm = launcher.start(
                    config.childOptions(), files, tag, List.of(SPARE_ARGUMENT), new EarlyLog(), new EarlyLog());
            spares.put(number, jvm);
            watchSpare(number, jvm);
            if (closing) {
                endSpare(number);
            }
        } catch (IOException | RuntimeException | Error e) {
            // errors too: without an answer the core would wait for this spare for ever
            spareFailed(number, e);
        }
    }

    private void watchSpare(long number, ChildJvm jvm) {
        try {
            watch(jvm, "spare " + number, line -> spareStarted(number, jvm, line), () -> spareEnded(jvm, number));
        } catch (RuntimeException | Error e) {
            jvm.end();
            spares.remove(number, jvm);
            ChildProcess child = jvm.ended();
            if (child != null) {
                failed(child, inShort(e));
            }
            jvm.gone.complete(null);
            throw e;
        }
    }

    private void spareFailed(long number, Throwable why) {
        events.accept(new GroomEvent.SpareGone(number, "it could not be started: " + why));
        removeFiles(new ChildFiles(local.spareFolder(number)), "spare " + number);
    }

    private void spareStarted(long number, ChildJvm jvm, String line) {
        signalSafely("spare " + number, () -> jvm.started(line)
                .ifPresent(name -> events.accept(new GroomEvent.SpareReady(number, name.pid()))));
    }

    /** Ends a spare; nothing happens if it is gone or serves an attempt. */
    public void endSpare(long number) {
        ChildJvm jvm = spares.get(number);
        if (jvm != null) {
            workers.execute(() -> signalSafely("spare " + number, () -> jvm.signal(ProcessGroups.KILL)));
        }
    }

    /** Has a spare take the attempt. If it cannot it is of no use and ended; then a JVM has to be started. */
    private boolean takeOver(ChildProcess child, TaskAssignment assignment, String token, ChildJvm jvm) {
        AttemptId attempt = child.attempt();
        List<CappedLog> opened = new ArrayList<>();
        try {
            if (child.isWanted()
                    && jvm.look() == ProcessLook.RUNNING
                    && jvm.files().areThere()) {
                BspConfiguration job =
                        config.configuration().withJob(assignment.spec().configuration());
                open(attempt, job, opened);
                ChildHandover handover = handover(assignment, job, jvm.files(), token);
                if (child.begins() && jvm.handOver(handover, child, opened.get(0), opened.get(1), workers)) {
                    jvm.name().ifPresent(name -> events.accept(new GroomEvent.Launched(attempt, name.pid())));
                    runs(jvm, child);
                    return true;
                }
            }
            String why = child.isWanted() ? "the spare that was to take it is gone or stopped" : KILLED_BEFORE;
            LOG.info("[{}] no spare takes it: {}", attempt, why);
        } catch (IOException | BspException | RuntimeException | Error e) {
            LOG.info("[{}] no spare could take it, a JVM is started: {}", attempt, e.toString());
        }
        signalSafely(attempt, () -> jvm.signal(ProcessGroups.KILL));
        child.begunInVain();
        opened.forEach(log -> closeAfter(new IOException("the spare is gone"), log));
        return false;
    }

    private void spareEnded(ChildJvm jvm, long number) {
        ChildProcess child = jvm.ended();
        if (child != null) {
            ended(jvm, child.attempt());
            return;
        }
        spares.remove(number, jvm);
        String how =
                jvm.name().map(name -> end(null, name, jvm).exit().toString()).orElse("its launcher ended at once");
        String said = jvm.stderr().earlyLine();
        events.accept(new GroomEvent.SpareGone(number, said.isEmpty() ? how : how + ", it said: " + said));
        removeFiles(jvm.files(), "spare " + number);
        jvm.gone.complete(null);
    }

    // ---- start and end of a child

    private ChildHandover handover(TaskAssignment assignment, BspConfiguration job, ChildFiles files, String token) {
        return new ChildHandover(
                config.reportAddress(),
                assignment.attempt(),
                token,
                job.get(Keys.PEER_ADDRESS).host(),
                job.get(Keys.PEER_TRANSPORT),
                config.peers().map(PeerFolder::toString).orElse(""),
                files.work().toString(),
                files.spill().toString(),
                files.mark().toString(),
                job.get(Keys.TASK_PING_INTERVAL).toNanos(),
                job.get(Keys.TASK_ORPHAN_TIMEOUT).toNanos(),
                job.get(Keys.TASK_KILL_GRACE).toNanos(),
                job.get(Keys.MESSAGE_MEMORY_FRACTION),
                job.get(Keys.MESSAGE_MAX_BYTES),
                job.get(Keys.FS_RETRY_WINDOW).toNanos(),
                new CheckpointTimes(
                        job.get(Keys.CHECKPOINT_INTERVAL),
                        job.get(Keys.CHECKPOINT_PERIOD).toNanos()),
                job.given());
    }

    /** A child that is gone before it has read all is told of by its exit, not here. */
    private static void handOver(ChildJvm jvm, ChildHandover handover) {
        try {
            jvm.handOver(handover);
        } catch (IOException e) {
            LOG.info("[{}] did not read what it was handed: {}", handover.attempt(), e.toString());
        }
    }

    private void started(ChildProcess child, ChildJvm jvm, String line) {
        signalSafely(child.attempt(), () -> jvm.started(line)
                .ifPresent(name -> events.accept(new GroomEvent.Launched(child.attempt(), name.pid()))));
    }

    private void ended(ChildJvm jvm, AttemptId attempt) {
        ChildProcess child = jvm.ended();
        ProcessName name = jvm.name().orElse(null);
        if (name == null) {
            failed(child, ends.whyNotStarted(attempt));
        } else {
            ChildEnds.End end = end(attempt, name, jvm);
            running.remove(attempt, child);
            events.accept(new GroomEvent.ChildExited(attempt, end.exit(), end.outOfMemory()));
            child.gone.complete(null);
        }
        // whoever has to know of the end does not wait for the disk
        keepCrash(jvm, attempt);
        removeFiles(jvm.files(), attempt.toString());
        removeSockets(attempt);
        jvm.gone.complete(null);
    }

    /** What a killed child could not take away itself. */
    private void removeSockets(AttemptId attempt) {
        if (config.peers().isPresent()) {
            try {
                config.peers().get().remove(attempt);
            } catch (IOException e) {
                LOG.warn(
                        "[{}] its sockets in {} could not be removed: {}",
                        attempt,
                        config.peers().get(),
                        e.toString());
            }
        }
    }

    private void keepCrash(ChildJvm jvm, AttemptId attempt) {
        try {
            jvm.files().keepCrash(local.logs().pathOf(attempt));
        } catch (IOException e) {
            LOG.warn("[{}] its crash report is lost: {}", attempt, e.toString());
        }
    }

    private void removeFiles(ChildFiles files, String owner) {
        try {
            local.remove(files);
        } catch (IOException e) {
            LOG.warn("[{}] its folder {} could not be removed: {}", owner, files.folder(), e.toString());
        }
    }

    /** However little is known of its end: the attempt has ended. */
    private ChildEnds.End end(AttemptId attempt, ProcessName name, ChildJvm jvm) {
        try {
            return ends.of(attempt, name, jvm.files(), jvm.launcher().exitValue());
        } catch (IOException | RuntimeException e) {
            LOG.warn("[{}] it is not known how it ended", attempt == null ? "spare" : attempt, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ChildEnds.End.UNKNOWN;
    }

    /** Told once: one that was killed while the disk was waited for is not told again when the disk answers. */
    private void failed(ChildProcess child, String reason) {
        if (running.remove(child.attempt(), child)) {
            events.accept(new GroomEvent.LaunchFailed(child.attempt(), reason));
            child.gone.complete(null);
        }
    }

    /** Signals the attempt's process group; nothing happens if it is gone. A launch that has not begun yet has failed then. */
    public void signal(AttemptId attempt, boolean hard) {
        ChildProcess child = running.get(attempt);
        if (child != null) {
            workers.execute(() -> signalSafely(attempt, () -> {
                if (!child.signal(hard ? ProcessGroups.KILL : ProcessGroups.TERM)) {
                    failed(child, KILLED_BEFORE);
                }
            }));
        }
    }

    /** Answers with ProcessSeen, which repeats {@code askedNs}. */
    public void look(AttemptId attempt, long askedNs) {
        workers.execute(() -> {
            ChildProcess child = running.get(attempt);
            events.accept(
                    new GroomEvent.ProcessSeen(attempt, askedNs, child == null ? ProcessLook.GONE : child.look()));
        });
    }

    /** The stacks of an attempt's threads. The future may be completed in a thread of the children's. */
    public CompletableFuture<String> threads(AttemptId attempt) {
        ChildProcess child = running.get(attempt);
        Optional<ProcessName> process = child == null ? Optional.empty() : child.name();
        if (process.isEmpty()) {
            return CompletableFuture.failedFuture(ErrorCode.ATTEMPT_ENDED.with(
                    "attempt " + attempt + " has no process on this groom (now); bsp task list shows its state"));
        }
        return dumps.of(attempt, () -> ThreadDump.of(config.java(), process.get(), local.path()));
    }

    /** Removes the working folders of a job none of whose attempts runs. */
    public void removeJobFiles(JobId job) {
        workers.execute(() -> {
            try {
                local.removeJob(job);
            } catch (IOException e) {
                LOG.warn("[{}] its files could not be removed: {}", job, e.toString());
            }
        });
    }

    /** A signal that could not be sent is sent again by the core's next time-out. */
    private static void signalSafely(Object owner, Signalling signalling) {
        try {
            signalling.run();
        } catch (IOException e) {
            LOG.warn("[{}] could not be signalled: {}", owner, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Signalling {
        void run() throws IOException, InterruptedException;
    }

    /** Ends all children, with a short grace, and spares, without, and waits until they are gone or 3 s are over. */
    @Override
    public void close() {
        closing = true;
        List<ChildProcess> left = new ArrayList<>(running.values());
        List<ChildJvm> waiting = new ArrayList<>(spares.values());
        new ArrayList<>(spares.keySet()).forEach(this::endSpare);
        CompletableFuture<Void> allGone = CompletableFuture.allOf(Stream.concat(
                        left.stream().map(child -> child.gone), waiting.stream().map(jvm -> jvm.gone))
                .toArray(CompletableFuture[]::new));
        Duration grace = config.configuration().get(Keys.TASK_KILL_GRACE);
        left.forEach(child -> signal(child.attempt(), false));
        if (!isDoneIn(allGone, grace.compareTo(LONGEST_STOP_GRACE) < 0 ? grace : LONGEST_STOP_GRACE)) {
            left.forEach(child -> signal(child.attempt(), true));
            if (!isDoneIn(allGone, KILL_TIME)) {
                LOG.warn("children are left that do not end: {} and {} spares", running.keySet(), spares.size());
            }
        }
        // their files are removed after their end is told
        isDoneIn(
                CompletableFuture.allOf(jvms.stream().map(jvm -> jvm.gone).toArray(CompletableFuture[]::new)),
                FILES_TIME);
        workers.shutdown();
    }

    private static boolean isDoneIn(CompletableFuture<Void> future, Duration time) {
        try {
            future.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
