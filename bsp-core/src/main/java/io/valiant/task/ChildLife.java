package io.valiant.task;

import io.valiant.bsp.Cause;
import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;

/** The phases of a child and what leads from one to another. Part of {@link ChildCore}, which is its owner. */
final class ChildLife {
    private static final long MILLI_NS = 1_000_000L;

    private final ChildConfig config;
    private final TaskReports reports;
    private final ChildAccount account;
    private final Membership membership;

    private ChildPhase phase = ChildPhase.STARTING;
    private ChildEvent.Started started;
    private boolean holding;

    /** Somebody wants a checkpoint of a program that does not run yet. */
    private boolean wantsCheckpoint;

    /** While REJOINING: the generation whose program has to end. */
    private long abandoned;

    /** When to leave without having been told to; NO_DEADLINE where that is not to happen. */
    private long leaveNs = Core.NO_DEADLINE;

    /** What failed before the assignment was known; becomes news with it. */
    private Cause earlyFailure;

    ChildLife(ChildConfig config, TaskReports reports, ChildAccount account) {
        this.config = config;
        this.reports = reports;
        this.account = account;
        this.membership = new Membership(config.attempt());
    }

    ChildPhase phase() {
        return phase;
    }

    boolean isHolding() {
        return holding;
    }

    long leaveNs() {
        return leaveNs;
    }

    /** Returns false if it had been started before. */
    boolean started(ChildEvent.Started event, Output<Void, ChildEffect> out) {
        if (phase != ChildPhase.STARTING) {
            return false;
        }
        phase = ChildPhase.ATTACHING;
        started = event;
        out.effect(new ChildEffect.ConnectGroom());
        return true;
    }

    // ---- attaching, peers, work

    void attached(GroomMessage.Attached message, long nowNs, Output<Void, ChildEffect> out) {
        TaskAssignment told = message.assignment();
        if (membership.isAnothers(told) || membership.isOlder(told)) {
            takenForAnother(told, out);
            return;
        }
        holding = message.holding();
        if (membership.isKnown()) {
            rejoin(told, nowNs, out);
        } else {
            assign(told, out);
        }
        reports.attached();
        reports.tellAgain(out);
        reports.ping(account.now(phase), nowNs, out);
        closeIfEnded(out);
    }

    private void takenForAnother(TaskAssignment told, Output<Void, ChildEffect> out) {
        exit(Exit.FENCED_CODE, "the groom takes it for " + told.attempt() + " of generation " + told.generation(), out);
    }

    private void assign(TaskAssignment told, Output<Void, ChildEffect> out) {
        membership.join(told);
        account.begin(told.firstSuperstep());
        if (phase == ChildPhase.ATTACHING) {
            prepare(out);
            if (reports.hasConnectedBefore()) {
                // The job may have been rolled back between the two connections: then the groom waits for this.
                reports.rejoined(listening(), out);
            }
        } else if (earlyFailure != null) {
            reports.news(new ChildMessage.Failed(membership.generation(), earlyFailure), out);
        }
    }

    private void prepare(Output<Void, ChildEffect> out) {
        phase = ChildPhase.WAITING;
        out.effect(new ChildEffect.Prepare(membership.assignment()));
    }

    private ChildMessage.Rejoined listening() {
        return new ChildMessage.Rejoined(membership.generation(), started.host(), started.port());
    }

    /** Peers that come before the program of the generation before has ended are linked to once it has. */
    void peers(PeerTable published, Output<Void, ChildEffect> out) {
        boolean awaited = phase == ChildPhase.WAITING || phase == ChildPhase.REJOINING;
        if (!awaited || !membership.isCurrent(published.generation())) {
            // An older generation's table is of no use; a newer one follows the assignment that goes with it.
            return;
        }
        if (!membership.isIn(published)) {
            String task = "task " + config.attempt().task();
            exit(Exit.FENCED_CODE, "another attempt of " + task + " is in the peer table", out);
            return;
        }
        membership.meet(published);
        reports.peersKnown();
        if (phase == ChildPhase.WAITING) {
            openLinks(out);
        }
    }

    private void openLinks(Output<Void, ChildEffect> out) {
        phase = ChildPhase.LINKING;
        out.effect(new ChildEffect.OpenLinks(membership.table()));
    }

    void linksUp(long generation, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.LINKING && membership.isCurrent(generation)) {
            phase = ChildPhase.RUNNING;
            out.effect(new ChildEffect.StartProgram(membership.assignment()));
            if (wantsCheckpoint) {
                wantsCheckpoint = false;
                out.effect(new ChildEffect.WantCheckpoint());
            }
        }
    }

    /** After the last barrier nobody needs links: peers that have closed theirs are not lost. */
    void linkLost(ChildEvent.LinkLost event, long nowNs, Output<Void, ChildEffect> out) {
        if (phase.needsLinks() && membership.isCurrent(event.generation())) {
            phase = ChildPhase.LINK_LOST;
            leaveNs = nowNs + config.rollBackNs();
            ChildMessage lost =
                    new ChildMessage.LinkLost(event.generation(), event.peer(), event.superstep(), event.detail());
            reports.news(lost, out);
        }
    }

    /** What a program says on its way out of an abandoned generation is not told of the next. */
    void moved(long superstep, boolean inBarrier) {
        if (phase != ChildPhase.REJOINING) {
            account.moved(superstep, inBarrier);
        }
    }

    void hold(boolean now, Output<Void, ChildEffect> out) {
        holding = now;
        closeIfEnded(out);
    }

    // ---- roll-back

    /** The job was rolled back and this JVM is kept: all that belongs to the generation before is dropped. */
    void rejoin(TaskAssignment told, long nowNs, Output<Void, ChildEffect> out) {
        if (membership.isAnothers(told)) {
            takenForAnother(told, out);
            return;
        }
        if (!phase.mayRejoin() || !membership.isNewer(told)) {
            return;
        }
        long before = membership.generation();
        membership.join(told);
        account.begin(told.firstSuperstep());
        reports.forget();
        wantsCheckpoint = false;
        if (phase != ChildPhase.REJOINING) {
            phase = ChildPhase.REJOINING;
            abandoned = before;
            leaveNs = nowNs + config.abandonNs();
            out.effect(new ChildEffect.Abandon(before));
        }
    }

    void abandoned(long generation, Output<Void, ChildEffect> out) {
        if (phase != ChildPhase.REJOINING || generation != abandoned) {
            return;
        }
        leaveNs = Core.NO_DEADLINE;
        prepare(out);
        if (membership.table() == null) {
            reports.rejoined(listening(), out);
        } else {
            openLinks(out);
        }
    }

    // ---- checkpoints

    void takeCheckpoint(long generation, Output<Void, ChildEffect> out) {
        if (!membership.isCurrent(generation)) {
            return;
        }
        if (phase == ChildPhase.RUNNING) {
            out.effect(new ChildEffect.WantCheckpoint());
        } else {
            wantsCheckpoint = true;
        }
    }

    /** A part that is written counts whatever has become of its writer since, as long as the generation is the same. */
    void checkpointed(ChildEvent.Checkpointed event, Output<Void, ChildEffect> out) {
        if (membership.isCurrent(event.generation())) {
            reports.checkpointed(
                    new ChildMessage.Checkpointed(event.generation(), event.superstep(), event.part()), out);
        }
    }

    void checkpointFailed(ChildEvent.CheckpointFailed event, Output<Void, ChildEffect> out) {
        if (membership.isCurrent(event.generation())) {
            reports.checkpointFailed(
                    new ChildMessage.CheckpointFailed(event.generation(), event.superstep(), event.reason()), out);
        }
    }

    void restoreFailed(ChildEvent.RestoreFailed event, long nowNs, Output<Void, ChildEffect> out) {
        if (mayFail()) {
            ChildMessage why =
                    new ChildMessage.RestoreFailed(membership.generation(), event.checkpoint(), event.reason());
            leaveWith(why, nowNs, out);
        }
    }

    // ---- the end

    void programEnded(long lastSuperstep, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.RUNNING) {
            phase = ChildPhase.ENDED;
            account.moved(lastSuperstep, false);
            closeIfEnded(out);
        }
    }

    private void closeIfEnded(Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.ENDED && !holding) {
            phase = ChildPhase.CLOSING;
            out.effect(new ChildEffect.CloseParts());
        }
    }

    void partsClosed(TaskResult result, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.CLOSING) {
            phase = ChildPhase.FINISHED;
            reports.news(new ChildMessage.Finished(membership.generation(), result), out);
        }
    }

    /** Of a generation that is over nobody wants to know. */
    void supersteps(ChildEvent.Supersteps event, Output<Void, ChildEffect> out) {
        if (phase.isAlive() && membership.isCurrent(event.generation())) {
            reports.supersteps(new ChildMessage.Supersteps(event.generation(), event.shares()), out);
        }
    }

    void endConfirmed(long generation, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.FINISHED && membership.isCurrent(generation)) {
            exit(0, "its result is stored", out);
        }
    }

    private boolean mayFail() {
        return phase.isAlive() && phase != ChildPhase.FINISHED;
    }

    void failed(Cause cause, long nowNs, Output<Void, ChildEffect> out) {
        if (!mayFail()) {
            return;
        }
        if (membership.isKnown()) {
            leaveWith(new ChildMessage.Failed(membership.generation(), cause), nowNs, out);
        } else {
            phase = ChildPhase.FAILED;
            leaveNs = nowNs + config.tellNs();
            earlyFailure = cause;
        }
    }

    /** Goes once the groom has read why. */
    private void leaveWith(ChildMessage why, long nowNs, Output<Void, ChildEffect> out) {
        phase = ChildPhase.FAILED;
        leaveNs = nowNs + config.tellNs();
        reports.news(why, out);
        reports.ping(account.now(phase), nowNs, out);
    }

    void pong(long number, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.FAILED && reports.isNewsRead(number)) {
            exit(1, "the failure was told to the groom", out);
        }
    }

    /** Its time to wait in this phase is over. */
    void leave(Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.FAILED) {
            exit(1, "the failure could not be told to the groom in time", out);
        } else if (phase == ChildPhase.REJOINING) {
            String late = "the program of generation " + abandoned + " did not end within "
                    + config.abandonNs() / MILLI_NS + " ms";
            exit(Exit.FENCED_CODE, late + "; a new JVM begins generation " + membership.generation(), out);
        } else {
            exit(Exit.FENCED_CODE, "a link was lost and nobody ended this attempt", out);
        }
    }

    void exit(int code, String reason, Output<Void, ChildEffect> out) {
        phase = ChildPhase.GONE;
        out.effect(new ChildEffect.Exit(code, reason));
    }
}
