package io.valiant.groom.core;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.id.AttemptId;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;

/** One attempt on this groom and its child JVM, from its launch until its process group is gone. */
final class Child {
    /** {@link #connection} of a child that has none. */
    static final long NO_CONNECTION = -1;

    /** Where the attempt is in its life here; it only moves forward. */
    enum Phase {
        /** A launch is under way, no process is known. */
        LAUNCHING,
        /** The process runs. */
        STARTED,
        /** It has shown its token. */
        ATTACHED,
        /** It has handed in its result. */
        FINISHED,
        /** The master has stored the result, the child may leave. */
        CONFIRMED
    }

    /** How far its end has been driven from here. */
    enum Ending {
        NONE,
        /** It was sent SIGTERM. */
        ASKED,
        /** It was sent SIGKILL. */
        FORCED
    }

    final TaskAssignment assignment;
    final String token;

    /** How long it may be silent once it has attached. */
    final long silenceNs;

    Phase phase = Phase.LAUNCHING;
    Ending ending = Ending.NONE;
    long pid;
    String host;
    int port;
    long connection = NO_CONNECTION;
    AttemptProgress progress = AttemptProgress.NONE;

    /** The table told to it, or null. */
    PeerTable table;

    /** Why it ends, as told by itself or decided here; null while nobody knows. */
    Cause cause;

    /** When it was last heard of; its launch before that. */
    long heardNs;

    /** A look at its process is under way. */
    boolean lookedAt;

    /** When the next step of its end is due: a (repeated) signal, or its leaving by itself is late. */
    long endDueNs = Long.MAX_VALUE;

    Child(TaskAssignment assignment, String token, long silenceNs, long nowNs) {
        this.assignment = assignment;
        this.token = token;
        this.silenceNs = silenceNs;
        this.heardNs = nowNs;
    }

    AttemptId attempt() {
        return assignment.attempt();
    }

    long generation() {
        return assignment.generation();
    }

    boolean isConnected() {
        return connection != NO_CONNECTION;
    }

    boolean hasFinished() {
        return phase.compareTo(Phase.FINISHED) >= 0;
    }

    boolean hasAttached() {
        return phase.compareTo(Phase.ATTACHED) >= 0;
    }

    /** Moves forward to that phase; being there or further already changes nothing. */
    boolean advance(Phase to) {
        if (phase.compareTo(to) >= 0) {
            return false;
        }
        phase = to;
        return true;
    }

    AttemptState state() {
        return switch (phase) {
            case LAUNCHING, STARTED -> AttemptState.ASSIGNED;
            case ATTACHED -> AttemptState.RUNNING;
            case FINISHED, CONFIRMED -> AttemptState.COMMITTING;
        };
    }

    AttemptSummary summary() {
        return new AttemptSummary(attempt(), generation(), state(), pid, host, port, progress);
    }
}
