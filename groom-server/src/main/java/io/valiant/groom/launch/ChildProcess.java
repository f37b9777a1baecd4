package io.valiant.groom.launch;

import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.id.AttemptId;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One attempt's process from the order to start it, before any JVM is there, until its group is gone. Safe in any thread. */
final class ChildProcess {
    private final AttemptId attempt;

    /** Done when the end has been told. */
    final CompletableFuture<Void> gone = new CompletableFuture<>();

    // guarded by this
    private ChildJvm jvm;
    private String pendingSignal;
    private boolean begun;

    ChildProcess(AttemptId attempt) {
        this.attempt = attempt;
    }

    AttemptId attempt() {
        return attempt;
    }

    /**
     * A JVM is about to be started for it, or handed to it. From now on signals wait for that JVM.
     *
     * @return false if a signal has come before: there is no use in it
     */
    synchronized boolean begins() {
        begun = pendingSignal == null;
        return begun;
    }

    /** Whether no signal has come before a JVM was there: else it is of no use to prepare one. */
    synchronized boolean isWanted() {
        return jvm != null || pendingSignal == null;
    }

    /** That JVM was of no use. */
    synchronized void begunInVain() {
        begun = false;
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

    /**
     * Signals the group now, or as soon as it is known.
     *
     * @return false if nothing has begun, nor will: there is nothing to be signalled, however long preparing it still takes
     */
    boolean signal(String signal) throws IOException, InterruptedException {
        ChildJvm known;
        synchronized (this) {
            known = jvm;
            if (known == null) {
                pendingSignal = signal;
                return begun;
            }
        }
        known.signal(signal);
        return true;
    }

    /** The process itself, once it is known. */
    Optional<ProcessName> name() {
        ChildJvm known;
        synchronized (this) {
            known = jvm;
        }
        return known == null ? Optional.empty() : known.name();
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
