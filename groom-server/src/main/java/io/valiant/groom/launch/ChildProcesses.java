package io.valiant.groom.launch;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.RandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.groom.core.GroomEvent;
import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.ChildHandover;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.TaskAssignment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groom's child JVMs. Methods return at once; what they do is done by threads of their own and answered by events: a
 * launch by LaunchFailed, or by Launched and, when the whole process group is gone, ChildExited.
 */
public final class ChildProcesses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcesses.class);
    private static final String TERM = "TERM";
    private static final String KILL = "KILL";
    private static final Duration LONGEST_STOP_GRACE = Duration.ofMillis(1500);
    /** A process that left the group may keep the streams open: its words are not waited for longer. */
    private static final long LAST_WORDS_MS = 1000;

    private static final Duration KILL_TIME = Duration.ofMillis(1200);

    private final LaunchConfig config;
    private final LocalFolder local;
    private final RandomSource random;
    private final Consumer<GroomEvent> events;
    private final ChildEnds ends;
    private final Map<AttemptId, ChildProcess> running = new ConcurrentHashMap<>();
    private final ExecutorService workers;

    public ChildProcesses(LaunchConfig config, LocalFolder local, RandomSource random, Consumer<GroomEvent> events) {
        this.config = config;
        this.local = local;
        this.random = random;
        this.events = events;
        this.ends = new ChildEnds(local.logs());
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "children");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a child for the attempt; the token is handed over through its stdin. */
    public void launch(TaskAssignment assignment, String token) {
        ChildProcess child = new ChildProcess(assignment.attempt(), random.hex128());
        running.put(assignment.attempt(), child);
        workers.execute(() -> start(child, assignment, token));
    }

    private void start(ChildProcess child, TaskAssignment assignment, String token) {
        List<CappedLog> opened = new ArrayList<>();
        try {
            if (child.isUnwanted()) {
                failed(child, "it was killed before it was started");
                return;
            }
            BspConfiguration job =
                    config.configuration().withJob(assignment.spec().configuration());
            Path logs = local.logs().attemptFolder(child.attempt());
            ChildFiles files = ChildFiles.make(local.attemptFolder(child.attempt()), logs);
            ChildHandover handover = handover(assignment, job, files, token);
            long cap = job.get(Keys.LOG_ATTEMPT_MAX_BYTES);
            CappedLog stdout = new CappedLog(logs, LogStream.STDOUT.label(), cap);
            opened.add(stdout);
            CappedLog stderr = new CappedLog(logs, LogStream.STDERR.label(), cap);
            opened.add(stderr);
            Process launcher = launcher(child, assignment, job, files);
            opened.clear();
            CompletableFuture<Void> pumps = CompletableFuture.allOf(
                    pump(child, launcher.getInputStream(), stdout, line -> started(child, line)),
                    pump(child, launcher.getErrorStream(), stderr, null));
            CompletableFuture<?> unused = launcher.onExit()
                    .thenCompose(exited -> pumps.completeOnTimeout(null, LAST_WORDS_MS, TimeUnit.MILLISECONDS))
                    .whenCompleteAsync((done, failure) -> ended(child, files), workers);
            handOver(launcher, handover);
        } catch (IOException | BspException | RuntimeException | Error e) {
            // errors too, as of a machine that has no thread left: without an answer the slot would be taken for ever
            LOG.warn("[{}] could not be started", child.attempt(), e);
            opened.forEach(log -> closeAfter(e, log));
            failed(child, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static void closeAfter(Throwable failure, CappedLog log) {
        try {
            log.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private Process launcher(ChildProcess child, TaskAssignment assignment, BspConfiguration job, ChildFiles files)
            throws IOException {
        String setsid = SystemCommands.find("setsid");
        List<String> command = new ArrayList<>(List.of(
                setsid,
                "/bin/sh",
                local.launcher().toString(),
                "run",
                setsid,
                SystemCommands.find("sleep"),
                files.folder().toString(),
                child.tag()));
        command.addAll(
                ChildCommand.arguments(config, job, assignment.spec(), child.tag(), files.folder(), files.logs()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(files.work().toFile());
        builder.environment().clear();
        builder.environment().putAll(ChildCommand.environment(assignment.spec(), System.getenv()));
        return builder.start();
    }

    private ChildHandover handover(TaskAssignment assignment, BspConfiguration job, ChildFiles files, String token) {
        return new ChildHandover(
                config.reportAddress(),
                assignment.attempt(),
                token,
                job.get(Keys.PEER_ADDRESS).host(),
                files.work().toString(),
                files.spill().toString(),
                files.mark().toString(),
                job.get(Keys.TASK_PING_INTERVAL).toNanos(),
                job.get(Keys.TASK_ORPHAN_TIMEOUT).toNanos(),
                job.get(Keys.TASK_KILL_GRACE).toNanos(),
                job.get(Keys.MESSAGE_MEMORY_FRACTION),
                job.get(Keys.MESSAGE_MAX_BYTES),
                job.given());
    }

    /** A child that is gone before it has read all is told of by its exit, not here. */
    private void handOver(Process launcher, ChildHandover handover) {
        try (OutputStream stdin = launcher.getOutputStream()) {
            handover.writeTo(stdin);
        } catch (IOException e) {
            LOG.info("[{}] did not read what it was handed: {}", handover.attempt(), e.toString());
        }
    }

    private CompletableFuture<Void> pump(
            ChildProcess child, InputStream in, CappedLog log, StreamPump.LineTaker firstLine) {
        return CompletableFuture.runAsync(new StreamPump(child.attempt().toString(), in, log, firstLine), workers);
    }

    private void started(ChildProcess child, String line) {
        if (line == null || !line.matches("\\d{1,10} \\d{1,18}")) {
            return;
        }
        String[] words = line.split(" ", 2);
        ProcessName name = new ProcessName(Long.parseLong(words[0]), Long.parseLong(words[1]), child.tag());
        events.accept(new GroomEvent.Launched(child.attempt(), name.pid()));
        signalSafely(child, () -> child.started(name));
    }

    private void ended(ChildProcess child, ChildFiles files) {
        ProcessName name = child.name().orElse(null);
        if (name == null) {
            failed(child, ends.whyNotStarted(child.attempt()));
        } else {
            ChildEnds.End end = end(child, name, files);
            running.remove(child.attempt(), child);
            events.accept(new GroomEvent.ChildExited(child.attempt(), end.exit(), end.outOfMemory()));
            child.gone.complete(null);
        }
        try {
            Folders.delete(files.folder());
        } catch (IOException e) {
            LOG.warn("[{}] its folder {} could not be removed: {}", child.attempt(), files.folder(), e.toString());
        }
    }

    /** However little is known of its end: the attempt has ended. */
    private ChildEnds.End end(ChildProcess child, ProcessName name, ChildFiles files) {
        try {
            return ends.of(child, name, files);
        } catch (IOException | RuntimeException e) {
            LOG.warn("[{}] it is not known how it ended", child.attempt(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ChildEnds.End.UNKNOWN;
    }

    private void failed(ChildProcess child, String reason) {
        running.remove(child.attempt(), child);
        events.accept(new GroomEvent.LaunchFailed(child.attempt(), reason));
        child.gone.complete(null);
    }

    /** Signals the attempt's process group; nothing happens if it is gone. */
    public void signal(AttemptId attempt, boolean hard) {
        ChildProcess child = running.get(attempt);
        if (child != null) {
            workers.execute(() -> signalSafely(child, () -> child.signal(hard ? KILL : TERM)));
        }
    }

    /** Answers with ProcessSeen. */
    public void look(AttemptId attempt) {
        workers.execute(() -> {
            ChildProcess child = running.get(attempt);
            events.accept(new GroomEvent.ProcessSeen(attempt, child == null ? ProcessLook.GONE : child.look()));
        });
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
    private void signalSafely(ChildProcess child, Signalling signalling) {
        try {
            signalling.run();
        } catch (IOException e) {
            LOG.warn("[{}] could not be signalled: {}", child.attempt(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Signalling {
        void run() throws IOException, InterruptedException;
    }

    /** Ends all children, with a short grace, and waits until they are gone or 3 s are over. */
    @Override
    public void close() {
        List<ChildProcess> left = new ArrayList<>(running.values());
        if (!left.isEmpty()) {
            CompletableFuture<Void> allGone = CompletableFuture.allOf(
                    left.stream().map(child -> child.gone).toArray(CompletableFuture[]::new));
            Duration grace = config.configuration().get(Keys.TASK_KILL_GRACE);
            left.forEach(child -> signal(child.attempt(), false));
            if (!isDoneIn(allGone, grace.compareTo(LONGEST_STOP_GRACE) < 0 ? grace : LONGEST_STOP_GRACE)) {
                left.forEach(child -> signal(child.attempt(), true));
                if (!isDoneIn(allGone, KILL_TIME)) {
                    LOG.warn("children are left that do not end: {}", running.keySet());
                }
            }
        }
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
