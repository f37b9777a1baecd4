package io.valiant.groom.launch;

import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.id.AttemptId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One attempt's process from the order to start it, before any JVM is there, until its group is gone. Safe in any thread. */
final class ChildProcess {
    private final AttemptId attempt;

    /** Done when the end has been told. */
    final CompletableFuture<Void> gone = new CompletableFuture<>();

    // guarded by this
    private ChildJvm jvm;
    private String pendingSignal;

    ChildProcess(AttemptId attempt) {
        this.attempt = attempt;
    }

    AttemptId attempt() {
        return attempt;
    }

    /** That JVM runs the attempt; a signal that came earlier is sent now. */
    void runsIn(ChildJvm found) throws IOException, InterruptedException {
        String signal;
        synchronized (this) {
            jvm = found;
            signal = pendingSignal;
        }
        if (signal != null) {
            found.signal(signal);
        }
    }

    /** Signals the group now, or as soon as it is known. */
    void signal(String signal) throws IOException, InterruptedException {
        ChildJvm known;
        synchronized (this) {
            known = jvm;
            if (known == null) {
                pendingSignal = signal;
            }
        }
        if (known != null) {
            known.signal(signal);
        }
    }

    /** The process itself, once it is known. */
    java.util.Optional<ProcessName> name() {
        ChildJvm known;
        synchronized (this) {
            known = jvm;
        }
        return known == null ? java.util.Optional.empty() : known.name();
    }

    /** Whether a signal waits for the process: there is no use in starting it. */
    synchronized boolean isUnwanted() {
        return pendingSignal != null;
    }

    /** What the process does; one that is not known yet is being started. */
    ProcessLook look() {
        ChildJvm known;
        synchronized (this) {
            known = jvm;
        }
        return known == null ? ProcessLook.RUNNING : known.look();
    }
}
