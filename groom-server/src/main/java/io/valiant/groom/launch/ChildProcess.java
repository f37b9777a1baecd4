package io.valiant.groom.launch;

import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.id.AttemptId;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One attempt's process from the order to start it until its group is gone. Safe in any thread.
 */
final class ChildProcess {
    private final AttemptId attempt;
    private final String tag;

    /** Done when the end has been told. */
    final CompletableFuture<Void> gone = new CompletableFuture<>();

    // guarded by this
    private ProcessName name;
    private String pendingSignal;

    ChildProcess(AttemptId attempt, String tag) {
        this.attempt = attempt;
        this.tag = tag;
    }

    AttemptId attempt() {
        return attempt;
    }

    String tag() {
        return tag;
    }

    /** The process, once the launcher has told it. */
    synchronized Optional<ProcessName> name() {
        return Optional.ofNullable(name);
    }

    /** The launcher has told the process; a signal that came earlier is sent now. */
    void started(ProcessName told) throws IOException, InterruptedException {
        String signal;
        synchronized (this) {
            name = told;
            signal = pendingSignal;
        }
        if (signal != null) {
            ProcessGroups.signal(told, signal);
        }
    }

    /** Signals the group now, or as soon as it is known. */
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
        }
    }

    /** Whether a signal waits for the process: there is no use in starting it. */
    synchronized boolean isUnwanted() {
        return pendingSignal != null;
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
