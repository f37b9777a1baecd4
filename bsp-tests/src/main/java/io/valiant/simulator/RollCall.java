package io.valiant.simulator;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.id.GroomId;
import io.valiant.master.MasterCore;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.simulator.Books.Change;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which grooms one master has heard of, when and how well they were: kept apart from what its core concludes, to judge who
 * is declared LOST, who gets tasks and in which order.
 */
final class RollCall {
    private static final long NEVER = Long.MAX_VALUE;

    private final Plan plan;
    private final long expiryNs;
    private final TreeMap<GroomId, Groom> grooms = new TreeMap<>();
    private final FailureCount failures;
    private final LinkRules links;
    private final DrainRules drains;
    private long steppedNs;

    /** Since when grooms can reach it. */
    private long servesNs = NEVER;

    /** Since when it has worked without standing still. */
    private long awakeNs;

    /** @param books what the master begins with */
    RollCall(World world, Books books, long nowNs) {
        this.plan = world.plan();
        this.expiryNs = plan.times().intervals().expiryNs();
        this.failures = new FailureCount(plan.blacklist());
        this.links = new LinkRules(world);
        this.drains = new DrainRules(world, world.oracle().drained(), books);
        this.steppedNs = nowNs;
        this.awakeNs = nowNs;
    }

    private static final class Groom {
        private long incarnation;
        private long newestBeat;

        /** When anything of it was accepted, and when what surely renewed its lease was. */
        private long heardNs = Long.MIN_VALUE;

        private long renewedNs = Long.MIN_VALUE;

        /** It has told of its node in this incarnation, and all was well. */
        private boolean well;
    }

    /** Judges one step of the master; {@code event} is null for a tick. */
    void judge(MasterEvent event, List<MasterEffect> effects, List<Change> changes, SimMaster master) {
        long nowNs = master.clockNs();
        if (nowNs - steppedNs > expiryNs / 2) {
            awakeNs = nowNs;
        }
        steppedNs = nowNs;
        if (event instanceof MasterEvent.Serves) {
            servesNs = nowNs;
        }
        for (Change change : changes) {
            if (change.after() instanceof MasterRecord.Groom after
                    && after.state() == GroomState.LOST
                    && !after.removed()
                    && !(change.before() instanceof MasterRecord.Groom before && before.state() == GroomState.LOST)) {
                notTooEarly(after, nowNs);
            }
        }
        if (event != null) {
            hear(event, effects, nowNs);
            onlyTheCurrent(event, effects, master.books());
        }
        notTooLate(master.books(), nowNs);
        if (failures.concerns(changes)) {
            failures.judge(changes, master.books(), usable(master.core()), nowNs);
        }
        judgePlacement(changes, master);
        drains.judge(event, effects, changes, master.books());
    }

    DrainRules drains() {
        return drains;
    }

    /** I4: a groom is declared LOST only after the expiry; the first of it after a restarted master can be reached. */
    private void notTooEarly(MasterRecord.Groom lost, long nowNs) {
        Groom groom = grooms.computeIfAbsent(lost.id(), key -> new Groom());
        long sinceNs = servesNs == NEVER ? nowNs : Math.max(groom.renewedNs, servesNs);
        if (nowNs - sinceNs < expiryNs) {
            throw new Violation(
                    "I4",
                    "groom " + lost.id() + " is declared LOST " + (nowNs - sinceNs) / 1_000_000
                            + " ms after it was heard of or the master could be reached");
        }
        groom.well = false;
    }

    /** I8: who is not heard of becomes LOST, so that its tasks are started elsewhere. */
    private void notTooLate(Books books, long nowNs) {
        if (servesNs == NEVER) {
            return;
        }
        for (MasterRecord.Groom row : books.grooms()) {
            Groom groom = grooms.get(row.id());
            long sinceNs = Math.max(groom == null ? servesNs : Math.max(groom.heardNs, servesNs), awakeNs);
            if (row.state() != GroomState.LOST && nowNs - sinceNs > 2 * expiryNs) {
                throw new Violation(
                        "I8",
                        "groom " + row.id() + " was not heard of for " + (nowNs - sinceNs) / 1_000_000
                                + " ms and is not LOST");
            }
        }
    }

    /** I4: what is accepted was meant for this epoch and comes from the incarnation there is. */
    private void onlyTheCurrent(MasterEvent event, List<MasterEffect> effects, Books books) {
        if (event instanceof MasterEvent.Beat beat
                && reply(effects, beat.call()) instanceof MasterReply.Beat answer
                && answer.reply() instanceof HeartbeatReply.Accepted accepted) {
            Heartbeat said = beat.heartbeat();
            isCurrent(said.groom(), said.incarnation(), said.epoch(), accepted.epoch(), books);
        } else if (event instanceof MasterEvent.Report report
                && reply(effects, report.call()) instanceof MasterReply.Reported answer
                && answer.reply() instanceof ReportReply.Accepted accepted) {
            GroomReportMessage said = report.message();
            isCurrent(said.groom(), said.incarnation(), said.epoch(), accepted.epoch(), books);
            links.reported(report, books);
        }
    }

    private static void isCurrent(GroomId groom, long incarnation, long saidEpoch, long epoch, Books books) {
        MasterRecord.Groom row = books.groom(groom);
        if (saidEpoch != epoch || row == null || row.incarnation() != incarnation || row.state() == GroomState.LOST) {
            throw new Violation(
                    "I4",
                    "the master of epoch " + epoch + " accepts what groom " + groom + " i" + incarnation
                            + " said in epoch " + saidEpoch + "; its row is " + row);
        }
    }

    private void hear(MasterEvent event, List<MasterEffect> effects, long nowNs) {
        if (event instanceof MasterEvent.Register register
                && reply(effects, register.call()) instanceof MasterReply.Registration answer
                && answer.reply() instanceof RegistrationReply.Accepted accepted) {
            Groom groom = grooms.computeIfAbsent(register.registration().groom(), key -> new Groom());
            if (groom.incarnation != accepted.incarnation()) {
                groom.incarnation = accepted.incarnation();
                groom.newestBeat = 0;
                groom.well = false;
            }
            groom.heardNs = nowNs;
            groom.renewedNs = nowNs;
        } else if (event instanceof MasterEvent.Beat beat
                && reply(effects, beat.call()) instanceof MasterReply.Beat answer
                && answer.reply() instanceof HeartbeatReply.Accepted) {
            hear(beat.heartbeat(), nowNs);
        }
    }

    private void hear(Heartbeat beat, long nowNs) {
        Groom groom = grooms.computeIfAbsent(beat.groom(), key -> new Groom());
        groom.heardNs = nowNs;
        if (beat.number() > groom.newestBeat) {
            groom.newestBeat = beat.number();
            groom.renewedNs = nowNs;
            groom.well = beat.node().unhealthy() == null;
        }
    }

    static MasterReply reply(List<MasterEffect> effects, long call) {
        for (MasterEffect effect : effects) {
            if (effect instanceof MasterEffect.Reply reply && reply.call() == call) {
                return reply.reply();
            }
        }
        return null;
    }

    private void judgePlacement(List<Change> changes, SimMaster master) {
        TreeSet<GroomId> usable = null;
        for (Change change : changes) {
            boolean placed = change.before() == null && change.after() instanceof MasterRecord.Attempt;
            if (placed && usable == null) {
                usable = usable(master.core());
            }
            if (placed) {
                onlyTheWell((MasterRecord.Attempt) change.after(), usable);
            }
        }
        for (Change change : changes) {
            if (usable != null
                    && change.after() instanceof MasterRecord.Job job
                    && change.before() instanceof MasterRecord.Job before
                    && before.generation() == 0
                    && job.generation() == 1) {
                inOrder(job, changes, master.books(), usable.size() * plan.slots());
            }
        }
        links.judge(changes, master.books(), () -> usable(master.core()));
    }

    /** Who has told that it is well and is ACTIVE for the master. */
    private TreeSet<GroomId> usable(MasterCore core) {
        TreeSet<GroomId> usable = new TreeSet<>();
        for (GroomStatus status : core.snapshot().grooms()) {
            GroomId id = new GroomId(status.name());
            Groom groom = grooms.get(id);
            if (status.state() == GroomState.ACTIVE && groom != null && groom.well) {
                usable.add(id);
            }
        }
        return usable;
    }

    /** I12: who is unhealthy, blacklisted, drained or lost gets nothing new. */
    private static void onlyTheWell(MasterRecord.Attempt attempt, TreeSet<GroomId> usable) {
        if (!usable.contains(attempt.groom())) {
            throw new Violation("I12", attempt.id() + " is given to groom " + attempt.groom() + ", which is not well");
        }
    }

    /** I8: a job is placed for the first time only if none before it in the queue could be. */
    private static void inOrder(MasterRecord.Job placed, List<Change> changes, Books books, int slots) {
        for (MasterRecord.Job other : books.jobs()) {
            boolean before = other.spec().priority() > placed.spec().priority()
                    || (other.spec().priority() == placed.spec().priority() && other.number() < placed.number());
            boolean waits = other.state() == JobState.PENDING && other.generation() == 0 && other.cause() == null;
            boolean changed = changes.stream().anyMatch(change -> change.after() == other);
            if (before && waits && !changed && other.spec().tasks() <= slots) {
                throw new Violation("I8", placed.id() + " is placed though " + other.id() + " comes before it");
            }
        }
    }
}
