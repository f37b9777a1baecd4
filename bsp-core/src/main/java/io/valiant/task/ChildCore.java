package io.valiant.task;

import io.valiant.bsp.Cause;
import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;
import java.util.Objects;

/**
 * The child's deciding part: attaches, opens links when the peers are known, lets barriers open unless the groom holds,
 * closes parts when all programs have ended, tells its end until that is confirmed, and leaves when its groom is silent
 * or refuses it. Runs in child JVMs, in local mode and in the simulator. Stores nothing.
 *
 * <p>What the groom must learn (result, failure, lost link) is told again on each new connection. That it was read is
 * known by the answer to a ping sent after it on the same connection.
 */
public final class ChildCore implements Core<ChildEvent, Void, ChildEffect> {
    /** Attempts to connect again in one orphan time-out, at least. */
    private static final int CONNECTS_PER_TIMEOUT = 20;

    /** The longest wait before connecting again. */
    private static final long MOST_CONNECT_WAIT_NS = 200_000_000L;

    private static final String LEAVING_ON_FAILURE = "the failure was told to the groom";

    private final ChildConfig config;

    private ChildPhase phase = ChildPhase.STARTING;
    private ChildEvent.Started started;
    private TaskAssignment assignment;
    private PeerTable table;
    private AttemptProgress progress = AttemptProgress.NONE;
    private long superstep;
    private boolean inBarrier;
    private boolean holding;

    private boolean connected;
    private boolean attached;
    private long heardNs;
    private long steppedNs;
    private long spareUntilNs = Long.MIN_VALUE;

    /** When to connect again, ping, leave without having been told to; NO_DEADLINE where that is not to happen. */
    private long connectNs = NO_DEADLINE;

    private long pingNs = NO_DEADLINE;
    private long leaveNs = NO_DEADLINE;

    private long pings;

    /** What the groom has to learn before this child may leave; null while there is nothing. */
    private ChildMessage news;

    /** What failed before the assignment was known; becomes news with it. */
    private Cause earlyFailure;

    /** The number of the ping that was sent after the news on this connection. */
    private long pingAfterNews = Long.MAX_VALUE;

    public ChildCore(ChildConfig config) {
        this.config = Objects.requireNonNull(config);
    }

    /** Where it is in its life. */
    public ChildPhase phase() {
        return phase;
    }

    /** Whether barriers may open: the program runs and the groom does not hold. */
    public boolean mayPass() {
        return !holding && phase.isAlive();
    }

    /** Whether the program has to stop: nothing it does counts any more. */
    public boolean mustStop() {
        return !phase.isAlive();
    }

    /** The superstep last arrived in or begun. */
    public long superstep() {
        return superstep;
    }

    @Override
    public void handle(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.GONE) {
            return;
        }
        noteLateness(nowNs);
        if (event instanceof ChildEvent.Started e) {
            started(e, nowNs, out);
        } else if (event instanceof ChildEvent.GroomConnected) {
            connected(out);
        } else if (event instanceof ChildEvent.GroomDisconnected) {
            disconnected(nowNs);
        } else if (event instanceof ChildEvent.FromGroom e) {
            heardNs = nowNs;
            fromGroom(e.message(), nowNs, out);
        } else {
            atWork(event, nowNs, out);
        }
    }

    private void atWork(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
        if (event instanceof ChildEvent.LinksUp e) {
            linksUp(e.generation(), out);
        } else if (event instanceof ChildEvent.LinkLost e) {
            linkLost(e, nowNs, out);
        } else if (event instanceof ChildEvent.Arrived e) {
            superstep = e.superstep();
            inBarrier = true;
        } else if (event instanceof ChildEvent.Opened e) {
            superstep = e.superstep() + 1;
            inBarrier = false;
        } else if (event instanceof ChildEvent.ProgramEnded e) {
            programEnded(e.superstep(), out);
        } else if (event instanceof ChildEvent.ProgramFailed e) {
            failed(e.cause(), nowNs, out);
        } else if (event instanceof ChildEvent.PartsClosed e) {
            partsClosed(e.result(), out);
        } else if (event instanceof ChildEvent.Progress e) {
            progress = e.progress();
        } else {
            throw new IllegalArgumentException("unknown event " + event);
        }
    }

    private void started(ChildEvent.Started event, long nowNs, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.STARTING) {
            phase = ChildPhase.ATTACHING;
            started = event;
            heardNs = nowNs;
            out.effect(new ChildEffect.ConnectGroom());
        }
    }

    private void connected(Output<Void, ChildEffect> out) {
        connected = true;
        connectNs = NO_DEADLINE;
        out.effect(new ChildEffect.ToGroom(new ChildMessage.Attach(
                config.token(), config.attempt(), started.pid(), started.host(), started.port())));
    }

    private void disconnected(long nowNs) {
        connected = false;
        attached = false;
        pingNs = NO_DEADLINE;
        pingAfterNews = Long.MAX_VALUE;
        connectNs = nowNs + Math.min(config.orphanNs() / CONNECTS_PER_TIMEOUT, MOST_CONNECT_WAIT_NS);
    }

    private void fromGroom(GroomMessage message, long nowNs, Output<Void, ChildEffect> out) {
        if (message instanceof GroomMessage.Attached m) {
            attached(m, nowNs, out);
        } else if (message instanceof GroomMessage.Refused m) {
            exit(Exit.FENCED_CODE, "the groom refused it: " + m.reason(), out);
        } else if (message instanceof GroomMessage.Pong m) {
            pong(m.number(), out);
        } else if (message instanceof GroomMessage.Peers m) {
            peers(m.table(), out);
        } else if (message instanceof GroomMessage.Hold) {
            holding = true;
        } else if (message instanceof GroomMessage.Resume) {
            holding = false;
            closeIfEnded(out);
        } else if (message instanceof GroomMessage.EndConfirmed m) {
            if (phase == ChildPhase.FINISHED && m.generation() == assignment.generation()) {
                exit(0, "its result is stored", out);
            }
        } else {
            throw new IllegalArgumentException("unknown message of a groom: " + message);
        }
    }

    private void attached(GroomMessage.Attached message, long nowNs, Output<Void, ChildEffect> out) {
        TaskAssignment told = message.assignment();
        if (!told.attempt().equals(config.attempt())
                || (assignment != null && told.generation() != assignment.generation())) {
            exit(
                    Exit.FENCED_CODE,
                    "the groom takes it for " + told.attempt() + " of generation " + told.generation(),
                    out);
            return;
        }
        attached = connected;
        holding = message.holding();
        if (assignment == null) {
            assign(told, out);
        }
        tellNews(out);
        ping(nowNs, out);
        closeIfEnded(out);
    }

    private void assign(TaskAssignment told, Output<Void, ChildEffect> out) {
        assignment = told;
        if (phase == ChildPhase.ATTACHING) {
            phase = ChildPhase.WAITING;
            out.effect(new ChildEffect.Prepare(assignment));
        } else if (earlyFailure != null) {
            news = new ChildMessage.Failed(assignment.generation(), earlyFailure);
        }
    }

    private void peers(PeerTable published, Output<Void, ChildEffect> out) {
        if (phase != ChildPhase.WAITING || published.generation() != assignment.generation()) {
            // An older generation's table is of no use, and there is no newer one for this attempt.
            return;
        }
        int index = config.attempt().task();
        boolean meant = published.job().equals(config.attempt().job())
                && index < published.peers().size()
                && published.peers().get(index).attempt().equals(config.attempt());
        if (!meant) {
            exit(Exit.FENCED_CODE, "another attempt of task " + index + " is in the peer table", out);
            return;
        }
        table = published;
        phase = ChildPhase.LINKING;
        out.effect(new ChildEffect.OpenLinks(table));
    }

    private void linksUp(long generation, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.LINKING && generation == assignment.generation()) {
            phase = ChildPhase.RUNNING;
            out.effect(new ChildEffect.StartProgram(assignment));
        }
    }

    /** After the last barrier nobody needs links: peers that have closed theirs are not lost. */
    private void linkLost(ChildEvent.LinkLost event, long nowNs, Output<Void, ChildEffect> out) {
        if (phase.needsLinks() && event.generation() == assignment.generation()) {
            phase = ChildPhase.LINK_LOST;
            leaveNs = nowNs + config.rollBackNs();
            news = new ChildMessage.LinkLost(event.generation(), event.peer(), event.superstep(), event.detail());
            tellNews(out);
        }
    }

    private void programEnded(long lastSuperstep, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.RUNNING) {
            phase = ChildPhase.ENDED;
            superstep = lastSuperstep;
            inBarrier = false;
            closeIfEnded(out);
        }
    }

    private void closeIfEnded(Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.ENDED && !holding) {
            phase = ChildPhase.CLOSING;
            out.effect(new ChildEffect.CloseParts());
        }
    }

    private void partsClosed(TaskResult result, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.CLOSING) {
            phase = ChildPhase.FINISHED;
            news = new ChildMessage.Finished(assignment.generation(), result);
            tellNews(out);
        }
    }

    private void failed(Cause cause, long nowNs, Output<Void, ChildEffect> out) {
        if (!phase.isAlive() || phase == ChildPhase.FINISHED) {
            return;
        }
        phase = ChildPhase.FAILED;
        leaveNs = nowNs + config.tellNs();
        if (assignment == null) {
            earlyFailure = cause;
            return;
        }
        news = new ChildMessage.Failed(assignment.generation(), cause);
        tellNews(out);
        if (attached) {
            ping(nowNs, out);
        }
    }

    private void tellNews(Output<Void, ChildEffect> out) {
        if (attached && news != null) {
            out.effect(new ChildEffect.ToGroom(news));
            pingAfterNews = pings + 1;
        }
    }

    private void ping(long nowNs, Output<Void, ChildEffect> out) {
        pings++;
        pingNs = nowNs + config.pingNs();
        out.effect(new ChildEffect.ToGroom(new ChildMessage.Ping(pings, now(progress))));
    }

    private void pong(long number, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.FAILED && number >= pingAfterNews) {
            exit(1, LEAVING_ON_FAILURE, out);
        }
    }

    /** The owner's account with what the core knows itself. */
    private AttemptProgress now(AttemptProgress account) {
        boolean closing = phase.compareTo(ChildPhase.ENDED) >= 0 && phase.isAlive();
        return new AttemptProgress(
                superstep,
                inBarrier,
                closing ? "committing" : account.phase(),
                account.heapUsedBytes(),
                account.heapMaxBytes(),
                account.cpuNs(),
                account.messagesSent(),
                account.bytesSent(),
                account.spilledBytes());
    }

    @Override
    public void tick(long nowNs, Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.STARTING || phase == ChildPhase.GONE) {
            return;
        }
        noteLateness(nowNs);
        if (nowNs >= orphanedNs()) {
            exit(Exit.ORPHAN_CODE, "no word from the groom for " + (nowNs - heardNs) / 1_000_000 + " ms", out);
            return;
        }
        if (nowNs >= leaveNs) {
            leave(out);
            return;
        }
        if (nowNs >= connectNs) {
            connectNs = NO_DEADLINE;
            out.effect(new ChildEffect.ConnectGroom());
        }
        if (nowNs >= pingNs) {
            ping(nowNs, out);
        }
    }

    private void leave(Output<Void, ChildEffect> out) {
        if (phase == ChildPhase.FAILED) {
            exit(1, "the failure could not be told to the groom in time", out);
        } else {
            exit(Exit.FENCED_CODE, "a link was lost and nobody ended this attempt", out);
        }
    }

    /**
     * A process that was frozen itself cannot tell whether its groom was silent: what the groom said may still lie unread.
     * It waits for one more ping's answer before it judges.
     */
    private void noteLateness(long nowNs) {
        if (phase != ChildPhase.STARTING && nowNs - steppedNs > config.orphanNs() / 2) {
            spareUntilNs = nowNs + Math.min(config.pingNs(), config.orphanNs() / 2);
        }
        steppedNs = nowNs;
    }

    private long orphanedNs() {
        return Math.max(heardNs + config.orphanNs(), spareUntilNs);
    }

    private void exit(int code, String reason, Output<Void, ChildEffect> out) {
        phase = ChildPhase.GONE;
        out.effect(new ChildEffect.Exit(code, reason));
    }

    @Override
    public long nextDeadlineNs() {
        if (phase == ChildPhase.STARTING || phase == ChildPhase.GONE) {
            return NO_DEADLINE;
        }
        return Math.min(Math.min(orphanedNs(), leaveNs), Math.min(connectNs, pingNs));
    }

    @Override
    public String toString() {
        return "ChildCore[" + config.attempt() + " " + phase + " superstep " + superstep + "]";
    }
}
