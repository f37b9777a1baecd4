package io.valiant.groom.core;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.GroomStatus;
import io.valiant.concurrent.Output;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.NodeReport;
import io.valiant.protocol.RegistrationReply;
import java.util.List;

/**
 * The groom's standing with the masters: registers, beats, holds when no answer comes, gives up its children when it is
 * refused or alone for too long.
 *
 * <pre>
 * IDLE --Started--> REGISTERING --accepted--> ENROLLED --Register--> REGISTERING (same incarnation, with its table)
 *                        ^  \--refused--> STOPPED  |
 *                        |                         | fenced (also by the answer to a registration or report)
 *                        +--no child left-- EMPTYING
 * </pre>
 */
final class Registrator {
    /** Where the groom is with its masters. */
    enum Phase {
        IDLE,
        REGISTERING,
        ENROLLED,
        /** The incarnation is over, its children are being killed. */
        EMPTYING,
        STOPPED
    }

    private static final long MILLI_NS = 1_000_000L;

    private final GroomConfig config;
    private final String processTag;
    private final Standing standing;
    private final TaskManager tasks;
    private final Spares spares;
    private final Reports reports;

    private Phase phase = Phase.IDLE;
    private GroomAddresses addresses;
    private List<GroomStatus.Step> steps = List.of();
    private Intervals intervals;
    private NodeReport node = NodeReport.NONE;

    // the registration
    private boolean registrationInFlight;
    private long registrationIncarnation;
    private long registeredNs;
    private long registerAtNs;

    // the heartbeat; numbers rise for the life of the process, so that a late answer is never taken for a newer one's
    private long beatNumber;
    private boolean beatInFlight;
    private long beatSentNs;
    private long beatAtNs;

    // when the last call that a master accepted was sent
    private long acceptedNs;
    private boolean holding;

    Registrator(
            GroomConfig config,
            String processTag,
            Standing standing,
            TaskManager tasks,
            Spares spares,
            Reports reports) {
        this.config = config;
        this.processTag = processTag;
        this.standing = standing;
        this.tasks = tasks;
        this.spares = spares;
        this.reports = reports;
        this.intervals = config.intervals();
    }

    boolean isEnrolled() {
        return phase == Phase.ENROLLED;
    }

    /** Whether the groom serves a master that answers. */
    boolean isServing() {
        return phase == Phase.ENROLLED && !holding;
    }

    /** Whether the master refused the groom for good. */
    boolean isStopped() {
        return phase == Phase.STOPPED;
    }

    boolean isHolding() {
        return holding;
    }

    Intervals intervals() {
        return intervals;
    }

    NodeReport node() {
        return node;
    }

    List<GroomStatus.Step> steps() {
        return steps;
    }

    void started(GroomEvent.Started event, long nowNs) {
        if (phase == Phase.IDLE) {
            addresses = event.addresses();
            steps = event.steps();
            phase = Phase.REGISTERING;
            registerAtNs = nowNs;
        }
    }

    void sampled(NodeReport report) {
        node = report;
    }

    void registrationAnswered(RegistrationReply reply, long nowNs, Output<Void, GroomEffect> out) {
        registrationInFlight = false;
        registerAtNs = Math.max(nowNs, registeredNs + intervals.heartbeatNs());
        boolean meant = phase == Phase.REGISTERING && registrationIncarnation == standing.incarnation();
        if (!meant || reply == null) {
            return;
        }
        if (reply instanceof RegistrationReply.Accepted accepted) {
            accepted(accepted, nowNs, out);
        } else if (reply instanceof RegistrationReply.Fenced fenced) {
            if (registrationIncarnation != 0) {
                fenced(fenced.epoch(), fenced.reason(), nowNs, out);
            }
        } else if (reply instanceof RegistrationReply.Refused refused) {
            out.effect(new GroomEffect.Note(true, "[" + config.name() + "] is refused and stops: " + refused.reason()));
            phase = Phase.STOPPED;
            standing.leave();
            tasks.killAll(Cause.of(CauseType.GROOM_LOST, refused.reason()), nowNs, out);
            out.effect(new GroomEffect.Stop(refused.reason()));
        } else {
            throw new IllegalStateException("unknown answer to a registration: " + reply);
        }
    }

    private void accepted(RegistrationReply.Accepted accepted, long nowNs, Output<Void, GroomEffect> out) {
        if (standing.isPast(accepted.epoch())) {
            return;
        }
        if (registrationIncarnation != 0 && accepted.incarnation() != registrationIncarnation) {
            fenced(accepted.epoch(), "the master gave another incarnation", nowNs, out);
            return;
        }
        standing.enter(accepted.epoch(), accepted.incarnation());
        phase = Phase.ENROLLED;
        beatAtNs = nowNs;
        out.effect(new GroomEffect.Note(
                false,
                "[" + config.name() + " i" + accepted.incarnation() + " e" + accepted.epoch() + "] is registered"));
        answered(registeredNs, accepted.intervals(), nowNs, out);
    }

    /** Takes the answer to a heartbeat; returns the directives it brought, or null. */
    DirectiveBatch heartbeatAnswered(long number, HeartbeatReply reply, long nowNs, Output<Void, GroomEffect> out) {
        if (phase != Phase.ENROLLED || !beatInFlight || number != beatNumber) {
            return null;
        }
        beatInFlight = false;
        if (reply instanceof HeartbeatReply.Accepted accepted) {
            if (standing.isPast(accepted.epoch())) {
                return null;
            }
            standing.enter(accepted.epoch(), standing.incarnation());
            answered(beatSentNs, accepted.intervals(), nowNs, out);
            return accepted.directives();
        }
        if (reply instanceof HeartbeatReply.Register register) {
            registerAgain(register.epoch(), nowNs);
        } else if (reply instanceof HeartbeatReply.Fenced fenced) {
            fenced(fenced.epoch(), fenced.reason(), nowNs, out);
        }
        return null;
    }

    /** A master does not know this groom (yet): it gets the incarnation and the table. */
    void registerAgain(long epoch, long nowNs) {
        if (phase == Phase.ENROLLED && !standing.isPast(epoch)) {
            phase = Phase.REGISTERING;
            beatInFlight = false;
            registerAtNs = nowNs;
        }
    }

    /** A master says that this incarnation is over. */
    void fenced(long epoch, String reason, long nowNs, Output<Void, GroomEffect> out) {
        boolean serving = phase == Phase.ENROLLED || phase == Phase.REGISTERING;
        if (!serving || standing.isPast(epoch) || standing.incarnation() == 0) {
            return;
        }
        out.effect(new GroomEffect.Note(
                true, "[" + config.name() + " i" + standing.incarnation() + " e" + epoch + "] is fenced: " + reason));
        standing.enter(epoch, standing.incarnation());
        standing.leave();
        phase = Phase.EMPTYING;
        beatInFlight = false;
        holding = false;
        reports.clear();
        tasks.killAll(Cause.of(CauseType.GROOM_LOST, reason), nowNs, out);
    }

    /** Once the last child of a past incarnation is gone, the groom comes back as a new one. */
    void settle(long nowNs, Output<Void, GroomEffect> out) {
        if (phase == Phase.EMPTYING && tasks.isEmpty()) {
            tasks.clear(out);
            reports.clear();
            phase = Phase.REGISTERING;
            registerAtNs = nowNs;
        }
    }

    void tick(long nowNs, Output<Void, GroomEffect> out) {
        if (phase == Phase.REGISTERING && !registrationInFlight && nowNs >= registerAtNs) {
            register(nowNs, out);
        }
        if (mayHold() && !holding && nowNs >= holdAtNs()) {
            holding = true;
            out.effect(new GroomEffect.Note(
                    true,
                    "[" + config.name() + "] holds: no master has answered for " + (nowNs - acceptedNs) / MILLI_NS
                            + " ms"));
            tasks.tellAll(new GroomMessage.Hold(), out);
        }
        if (phase == Phase.ENROLLED && !beatInFlight && nowNs >= beatAtNs) {
            beat(nowNs, out);
        }
        if (mayHold() && nowNs >= orphanAtNs()) {
            String reason = "no master has answered for " + (nowNs - acceptedNs) / MILLI_NS + " ms";
            tasks.killAll(Cause.of(CauseType.GROOM_LOST, reason), nowNs, out);
        }
    }

    long nextDeadlineNs() {
        long next = Long.MAX_VALUE;
        if (phase == Phase.REGISTERING && !registrationInFlight) {
            next = registerAtNs;
        }
        if (phase == Phase.ENROLLED && !beatInFlight) {
            next = Math.min(next, beatAtNs);
        }
        if (mayHold() && !holding) {
            next = Math.min(next, holdAtNs());
        }
        if (mayHold()) {
            next = Math.min(next, orphanAtNs());
        }
        return next;
    }

    private boolean mayHold() {
        return standing.incarnation() != 0;
    }

    private long holdAtNs() {
        return acceptedNs + intervals.selfFenceNs();
    }

    /** A child that was launched since, by a master that was not heard otherwise, has its whole time. */
    private long orphanAtNs() {
        long oldestNs = tasks.oldestLaunchNs();
        return oldestNs == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(acceptedNs, oldestNs) + config.orphanTimeoutNs();
    }

    /** A master has accepted what was sent at {@code sentNs}: the lease runs from then, not from the answer. */
    private void answered(long sentNs, Intervals given, long nowNs, Output<Void, GroomEffect> out) {
        acceptedNs = sentNs;
        intervals = given;
        if (holding && nowNs < holdAtNs()) {
            holding = false;
            out.effect(new GroomEffect.Note(false, "[" + config.name() + "] goes on"));
            tasks.tellAll(new GroomMessage.Resume(), out);
        }
    }

    private void register(long nowNs, Output<Void, GroomEffect> out) {
        registrationInFlight = true;
        registrationIncarnation = standing.incarnation();
        registeredNs = nowNs;
        out.effect(new GroomEffect.Register(new GroomRegistration(
                config.name(),
                standing.incarnation(),
                processTag,
                config.slots(),
                config.labels(),
                addresses.rpcHost(),
                addresses.rpcPort(),
                addresses.http(),
                addresses.report(),
                config.version(),
                steps,
                tasks.summaries())));
    }

    private void beat(long nowNs, Output<Void, GroomEffect> out) {
        beatNumber++;
        beatInFlight = true;
        beatSentNs = nowNs;
        beatAtNs = nowNs + intervals.heartbeatNs();
        out.effect(new GroomEffect.Beat(new Heartbeat(
                config.name(),
                standing.incarnation(),
                standing.epoch(),
                beatNumber,
                standing.applied(),
                holding,
                node.withTasks(tasks.size()),
                tasks.summaries(),
                spares.pids().stream().filter(pid -> pid != 0).toList())));
    }
}
