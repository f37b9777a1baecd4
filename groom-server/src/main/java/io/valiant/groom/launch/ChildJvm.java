package io.valiant.groom.launch;

import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.protocol.ChildHandover;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One JVM under its launcher, from its start until its process group is gone. It serves one attempt, or waits for one on
 * its stdin as a spare. Safe in any thread.
 */
final class ChildJvm {
    private final String tag;
    private final ChildFiles files;
    private final Process launcher;
    private final EarlyLog stdout;
    private final EarlyLog stderr;
    private final long readMs;

    /** Done when the end has been told and the files are removed. */
    final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Held while stdin is written: whether a spare serves an attempt or has ended before is decided under it. */
    private final Object stdin = new Object();

    // guarded by stdin
    private ChildProcess served;
    private boolean ended;

    // guarded by this
    private ProcessName name;
    private String pendingSignal;

    /** @param readMs how long a spare may take to read what it is handed */
    ChildJvm(String tag, ChildFiles files, Process launcher, EarlyLog stdout, EarlyLog stderr, long readMs) {
        this.tag = tag;
        this.files = files;
        this.launcher = launcher;
        this.stdout = stdout;
        this.stderr = stderr;
        this.readMs = readMs;
    }

    ChildFiles files() {
        return files;
    }

    Process launcher() {
        return launcher;
    }

    EarlyLog stdout() {
        return stdout;
    }

    EarlyLog stderr() {
        return stderr;
    }

    /** The process, once the launcher has told it. */
    synchronized Optional<ProcessName> name() {
        return Optional.ofNullable(name);
    }

    /** Serves that attempt from its start. */
    void serve(ChildProcess child) {
        synchronized (stdin) {
            served = child;
        }
    }

    /**
     * Hands over, after which nothing more comes.
     *
     * @throws IOException the JVM is gone before it has read all
     */
    void handOver(ChildHandover handover) throws IOException {
        synchronized (stdin) {
            write(handover);
        }
    }

    private void write(ChildHandover handover) throws IOException {
        try (OutputStream out = launcher.getOutputStream()) {
            handover.writeTo(out);
        }
    }

    /**
     * Hands a spare over to that attempt, whose logs those are.
     *
     * @param writer writes what a spare that is stopped may not read
     * @return false if the JVM is gone: it serves nobody then
     * @throws IOException it broke off meanwhile, or does not read: it serves nobody either, and has to be ended
     */
    boolean handOver(ChildHandover handover, ChildProcess child, CappedLog out, CappedLog err, Executor writer)
            throws IOException {
        synchronized (stdin) {
            if (ended) {
                return false;
            }
            awaitReading(CompletableFuture.runAsync(() -> writeUnchecked(handover), writer));
            served = child;
            stdout.goTo(out);
            stderr.goTo(err);
            return true;
        }
    }

    private void writeUnchecked(ChildHandover handover) {
        try {
            write(handover);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The write ends with the JVM, if not before. */
    private void awaitReading(CompletableFuture<Void> written) throws IOException {
        try {
            written.get(readMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it has not read what it was handed within " + readMs + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "it has not read what it was handed: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a spare was handed over");
        }
    }

    /** The process group is gone; tells whom it served, null for a spare that waited. Nobody is served from now on. */
    ChildProcess ended() {
        synchronized (stdin) {
            ended = true;
            return served;
        }
    }

    /** The launcher's first line; returns the process if it is one. A signal that came earlier is sent now. */
    Optional<ProcessName> started(String line) throws IOException, InterruptedException {
        if (line == null || !line.matches("\\d{1,10} \\d{1,18}")) {
            return Optional.empty();
        }
        String[] words = line.split(" ", 2);
        ProcessName told = new ProcessName(Long.parseLong(words[0]), Long.parseLong(words[1]), tag);
        String signal;
        synchronized (this) {
            name = told;
            signal = pendingSignal;
        }
        if (signal != null) {
            ProcessGroups.signal(told, signal);
        }
        return Optional.of(told);
    }

    /**
     * Signals the group now, or as soon as it is known. Of one that has not come so far as to tell itself, as where its disk
     * hangs, whatever its launcher has started is killed.
     */
    void signal(String signal) throws IOException, InterruptedException {
        ProcessName known;
        synchronized (this) {
            known = name;
            if (known == null) {
                pendingSignal = signal;
            }
        }
        if (known != null) {
            ProcessGroups.signal(known, signal);
        } else if (signal.equals(ProcessGroups.KILL)) {
            launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Kills the JVM, which nobody can look after, and its launcher; returns when they are gone. */
    void end() {
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        launcher.destroyForcibly();
        JvmLauncher.end(tag);
    }

    /** What the process does; one that is not known yet is being started. */
    ProcessLook look() {
        Optional<ProcessName> known = name();
        if (known.isEmpty()) {
            return ProcessLook.RUNNING;
        }
        return known.get()
                .look()
                .map(stat -> stat.isStopped() ? ProcessLook.STOPPED : ProcessLook.RUNNING)
                .orElse(ProcessLook.GONE);
    }
}
