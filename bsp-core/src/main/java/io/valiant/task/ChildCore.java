package io.valiant.task;

import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import java.util.Objects;

/**
 * The child's deciding part: attaches, opens links when the peers are known, lets barriers open unless the groom holds,
 * closes parts when all programs have ended, tells its end until that is confirmed, gives up a generation that was rolled
 * back and joins the next, and leaves when its groom is silent or refuses it. Runs in child JVMs, in local mode and in the
 * simulator. Stores nothing. Its parts, by noun: {@link ChildLife} with its phases, {@link Membership} in a generation,
 * {@link TaskReports} to the groom, {@link GroomSilence}, {@link ChildAccount}.
 */
public final class ChildCore implements Core<ChildEvent, Void, ChildEffect> {
    private final ChildConfig config;
    private final TaskReports reports;
    private final GroomSilence silence;
    private final ChildAccount account = new ChildAccount();
    private final ChildLife life;

    private ChildEvent.Started started;

    public ChildCore(ChildConfig config) {
        this.config = Objects.requireNonNull(config);
        this.reports = new TaskReports(config);
        this.silence = new GroomSilence(config);
        this.life = new ChildLife(config, reports, account);
    }

    /** Where it is in its life. */
    public ChildPhase phase() {
        return life.phase();
    }

    /** Whether barriers may open: the program runs and the groom does not hold. */
    public boolean mayPass() {
        return !life.isHolding() && phase().isAlive();
    }

    /** Whether the program has to stop: nothing it does counts any more. */
    public boolean mustStop() {
        return !phase().isAlive();
    }

    /** The superstep last arrived in or begun. */
    public long superstep() {
        return account.superstep();
    }

    @Override
    public void handle(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
        if (phase() == ChildPhase.GONE) {
            return;
        }
        noteStep(nowNs);
        if (!ofGroom(event, nowNs, out)
                && !ofWork(event, nowNs, out)
                && !ofEnd(event, nowNs, out)
                && !ofCheckpoint(event, nowNs, out)) {
            throw new IllegalArgumentException("unknown event " + event);
        }
    }

    private boolean ofGroom(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
        if (event instanceof ChildEvent.Started e) {
            if (life.started(e, out)) {
                started = e;
                silence.heard(nowNs);
            }
        } else if (event instanceof ChildEvent.GroomConnected) {
            reports.connected(started, out);
        } else if (event instanceof ChildEvent.GroomDisconnected) {
            reports.disconnected(nowNs);
        } else if (event instanceof ChildEvent.FromGroom e) {
            silence.heard(nowNs);
            said(e.message(), nowNs, out);
        } else {
            return false;
        }
        return true;
    }

    private boolean ofWork(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
        if (event instanceof ChildEvent.LinksUp e) {
            life.linksUp(e.generation(), out);
        } else if (event instanceof ChildEvent.LinkLost e) {
            life.linkLost(e, nowNs, out);
        } else if (event instanceof ChildEvent.Arrived e) {
            life.moved(e.superstep(), true);
        } else if (event instanceof ChildEvent.Opened e) {
            life.moved(e.superstep() + 1, false);
        } else if (event instanceof ChildEvent.Progress e) {
            account.told(e.progress());
        } else if (event instanceof ChildEvent.Supersteps e) {
            life.supersteps(e, out);
        } else {
            return false;
        }
        return true;
    }

    private boolean ofEnd(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
        if (event instanceof ChildEvent.ProgramEnded e) {
            life.programEnded(e.superstep(), out);
        } else if (event instanceof ChildEvent.ProgramFailed e) {
            life.failed(e.cause(), nowNs, out);
        } else if (event instanceof ChildEvent.PartsClosed e) {
            life.partsClosed(e.result(), out);
        } else if (event instanceof ChildEvent.Abandoned e) {
            life.abandoned(e.generation(), out);
        } else {
            return false;
        }
        return true;
    }

    private boolean ofCheckpoint(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
        if (event instanceof ChildEvent.Checkpointed e) {
            life.checkpointed(e, out);
        } else if (event instanceof ChildEvent.CheckpointFailed e) {
            life.checkpointFailed(e, out);
        } else if (event instanceof ChildEvent.RestoreFailed e) {
            life.restoreFailed(e, nowNs, out);
        } else {
            return false;
        }
        return true;
    }

    private void said(GroomMessage message, long nowNs, Output<Void, ChildEffect> out) {
        if (message instanceof GroomMessage.Attached m) {
            life.attached(m, nowNs, out);
        } else if (message instanceof GroomMessage.Refused m) {
            life.exit(Exit.FENCED_CODE, "the groom refused it: " + m.reason(), out);
        } else if (message instanceof GroomMessage.Pong m) {
            life.pong(m.number(), out);
        } else if (message instanceof GroomMessage.Hold) {
            life.hold(true, out);
        } else if (message instanceof GroomMessage.Resume) {
            life.hold(false, out);
        } else if (message instanceof GroomMessage.Peers m) {
            life.peers(m.table(), out);
        } else if (message instanceof GroomMessage.Rejoin m) {
            life.rejoin(m.assignment(), nowNs, out);
        } else if (message instanceof GroomMessage.TakeCheckpoint m) {
            life.takeCheckpoint(m.generation(), out);
        } else if (message instanceof GroomMessage.EndConfirmed m) {
            life.endConfirmed(m.generation(), out);
        } else {
            throw new IllegalArgumentException("unknown message of a groom: " + message);
        }
    }

    @Override
    public void tick(long nowNs, Output<Void, ChildEffect> out) {
        if (phase() == ChildPhase.STARTING || phase() == ChildPhase.GONE) {
            return;
        }
        noteStep(nowNs);
        if (nowNs >= silence.orphanedNs()) {
            String reason = "no word from the groom for " + silence.silentMs(nowNs) + " ms";
            life.exit(Exit.ORPHAN_CODE, reason, out);
            return;
        }
        if (nowNs >= life.leaveNs()) {
            life.leave(out);
            return;
        }
        reports.connectIfDue(nowNs, out);
        if (reports.isPingDue(nowNs)) {
            reports.ping(account.now(phase()), nowNs, out);
        }
    }

    private void noteStep(long nowNs) {
        if (phase() != ChildPhase.STARTING) {
            silence.stepped(nowNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        if (phase() == ChildPhase.STARTING || phase() == ChildPhase.GONE) {
            return NO_DEADLINE;
        }
        return Math.min(Math.min(silence.orphanedNs(), life.leaveNs()), reports.nextDeadlineNs());
    }

    @Override
    public String toString() {
        return "ChildCore[" + config.attempt() + " " + phase() + " superstep " + superstep() + "]";
    }
}
