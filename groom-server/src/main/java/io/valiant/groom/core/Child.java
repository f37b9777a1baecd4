package io.valiant.groom.core;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.id.AttemptId;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;

/**
 * One attempt on this groom and its child JVM, from its launch until its process group is gone. A roll-back that keeps the
 * JVM gives it the assignment of the next generation.
 */
final class Child {
    /** {@link #connection} of a child that has none. */
    static final long NO_CONNECTION = -1;

    /** {@link #lookNs} of a child whose process nobody looks at. */
    static final long NO_LOOK = Long.MIN_VALUE;

    /** {@link #computesSinceNs} of a child that is not known to compute. */
    private static final long NOT_COMPUTING = Long.MAX_VALUE;

    /** Where the attempt is in its life here; it only moves forward, but for a roll-back that undoes its result. */
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

    final String token;
    final long launchedNs;

    /** How long it may be silent once it has attached. */
    final long silenceNs;

    /** How long it may compute in one superstep; 0 where that is nobody's business. */
    final long progressNs;

    private TaskAssignment assignment;

    Phase phase = Phase.LAUNCHING;
    Ending ending = Ending.NONE;
    long pid;
    String host;
    int port;
    long connection = NO_CONNECTION;
    AttemptProgress progress = AttemptProgress.NONE;

    /** The table told to it, or null. */
    PeerTable table;

    /** The generation whose peers it has said to listen for; 0 before it has. */
    private long listensFor;

    /** Whether it was asked for a checkpoint and has not answered yet. */
    boolean takesCheckpoint;

    /** The newest checkpoints of this generation that it told of; before any, the lowest number. */
    private long checkpointed = Long.MIN_VALUE;

    private long checkpointFailed = Long.MIN_VALUE;

    /** Whether {@link #progress} is of its generation. */
    private boolean hasToldPlace;

    /** Since when it has been seen to compute in the superstep of {@link #progress}. */
    private long computesSinceNs = NOT_COMPUTING;

    /** Why it ends, as told by itself or decided here; null while nobody knows. */
    Cause cause;

    /** When it was last heard of; its launch before that. */
    long heardNs;

    /** Since when a look at its process is under way; {@link #NO_LOOK} while none is. */
    long lookNs = NO_LOOK;

    /** When the next step of its end is due: a (repeated) signal, or its leaving by itself is late. */
    long endDueNs = Long.MAX_VALUE;

    Child(TaskAssignment assignment, String token, long silenceNs, long progressNs, long nowNs) {
        this.assignment = assignment;
        this.token = token;
        this.silenceNs = silenceNs;
        this.progressNs = progressNs;
        this.launchedNs = nowNs;
        this.heardNs = nowNs;
    }

    /** It has spoken: what a look at its process finds is of no interest any more. */
    void heard(long nowNs) {
        heardNs = nowNs;
        lookNs = NO_LOOK;
    }

    TaskAssignment assignment() {
        return assignment;
    }

    AttemptId attempt() {
        return assignment.attempt();
    }

    long generation() {
        return assignment.generation();
    }

    /** Begins a newer generation: what it did in the one before is undone, and it has yet to say that it listens. */
    void rejoin(TaskAssignment newer) {
        assignment = newer;
        table = null;
        takesCheckpoint = false;
        checkpointed = Long.MIN_VALUE;
        checkpointFailed = Long.MIN_VALUE;
        computesSinceNs = NOT_COMPUTING;
        if (hasFinished()) {
            phase = Phase.ATTACHED;
        }
    }

    /** It listens for the peers of its generation; returns false if that was known. */
    boolean listens(String atHost, int atPort) {
        host = atHost;
        port = atPort;
        boolean news = listensFor != generation();
        listensFor = generation();
        if (news) {
            hasToldPlace = false;
        }
        return news;
    }

    private boolean isListening() {
        return listensFor == generation();
    }

    /** Returns false if a checkpoint of that superstep, or a later one, was told before. */
    boolean hasCheckpointed(long superstep) {
        if (superstep <= checkpointed) {
            return false;
        }
        checkpointed = superstep;
        takesCheckpoint = false;
        return true;
    }

    /** The same of a checkpoint that could not be taken. */
    boolean hasFailedToCheckpoint(long superstep) {
        if (superstep <= checkpointFailed) {
            return false;
        }
        checkpointFailed = superstep;
        takesCheckpoint = false;
        return true;
    }

    /** It has told where it is. */
    void progressed(AttemptProgress now, long nowNs) {
        boolean computes = !now.inBarrier() && now.phase().equals("computing");
        boolean sameSuperstep = computesSinceNs != NOT_COMPUTING && now.superstep() == progress.superstep();
        if (!computes) {
            computesSinceNs = NOT_COMPUTING;
        } else if (!sameSuperstep) {
            computesSinceNs = nowNs;
        }
        progress = now;
        hasToldPlace = true;
    }

    /** Where it is in its generation: until it has told, where that begins. */
    AttemptProgress place() {
        return isListening() && hasToldPlace ? progress : AttemptProgress.beginningAt(assignment.firstSuperstep());
    }

    /** For how long it has been seen to compute in one superstep. */
    long computedNs(long nowNs) {
        return computesSinceNs == NOT_COMPUTING ? 0 : nowNs - computesSinceNs;
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
            case ATTACHED -> isListening() ? AttemptState.RUNNING : AttemptState.ASSIGNED;
            case FINISHED, CONFIRMED -> AttemptState.COMMITTING;
        };
    }

    /**
     * One that has yet to give up the generation before is as one that has yet to attach: it has no address, and where it is
     * does not count.
     */
    AttemptSummary summary() {
        boolean reachable = isListening();
        return new AttemptSummary(
                attempt(), generation(), state(), pid, reachable ? host : null, reachable ? port : 0, place());
    }
}
