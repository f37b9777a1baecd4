package io.valiant.master.groom;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.concurrent.Core;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.Turn;
import io.valiant.master.schedule.GroomView;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.RegistrationReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of grooms: who is there with which incarnation, until when it is believed to be, whether it may get tasks, and
 * what it has been told.
 * Part of the core; knows attempts only as what occupies slots.
 */
public final class GroomManager {
    private static final Logger LOG = LoggerFactory.getLogger(GroomManager.class);

    private final TreeMap<GroomId, GroomEntry> grooms = new TreeMap<>();
    private final GroomRequests requests = new GroomRequests(this);
    private final NodeMonitor nodes = new NodeMonitor();
    private final Leases leases;
    private final Failures failures;
    private final long blacklistPeriodNs;
    private long epoch;
    private long expiryNs;

    /** When the core last did anything: a long gap means that this process stood still, not that all grooms are lost. */
    private long lastSeenNs;

    /** Grooms can be heard: before that their silence says nothing. */
    private boolean serving;

    private boolean capacityChanged;

    public GroomManager(MasterConfig config) {
        this.leases = new Leases(config.intervals());
        this.failures = new Failures(config.blacklist());
        this.blacklistPeriodNs = config.blacklist().periodNs();
    }

    /** Takes a stored groom; before {@link #start}. */
    public void load(MasterRecord.Groom row) {
        grooms.put(row.id(), GroomEntry.of(row));
    }

    /** Takes what operators ask. */
    public GroomRequests requests() {
        return requests;
    }

    /** The groom of that name that can be seen, or null. */
    GroomEntry entry(GroomId groom) {
        GroomEntry entry = grooms.get(groom);
        return entry == null || entry.removed ? null : entry;
    }

    /** Who may get tasks has changed. */
    void roomChanged() {
        capacityChanged = true;
    }

    /** Its incarnation is over, and nobody is to see it. */
    void remove(GroomEntry entry, String why) {
        entry.remove(why);
        nodes.forget(entry.id);
        failures.forget(entry.id);
        capacityChanged = true;
    }

    /** A leadership begins: a blacklisted groom has its full period again. */
    public void start(long newEpoch, long nowNs) {
        epoch = newEpoch;
        lastSeenNs = nowNs;
        expiryNs = intervals().expiryNs();
        for (GroomEntry entry : grooms.values()) {
            entry.blacklistedUntilNs = nowNs + blacklistPeriodNs;
        }
    }

    /** Calls are answered from now on: every groom that was not lost has a full expiry to come back. */
    public void serves(long nowNs) {
        serving = true;
        grantFullExpiry(nowNs);
    }

    private boolean isServing() {
        return serving;
    }

    private void grantFullExpiry(long nowNs) {
        for (GroomEntry entry : grooms.values()) {
            entry.expiresNs = nowNs + expiryNs;
        }
    }

    private Intervals intervals() {
        int live = 0;
        for (GroomEntry entry : grooms.values()) {
            live += entry.lost ? 0 : 1;
        }
        return leases.forCluster(live);
    }

    /** Enrols a groom, or refuses it. */
    public Enrolment register(GroomRegistration registration, Turn turn) {
        GroomEntry entry = grooms.get(registration.groom());
        if (registration.incarnation() == 0) {
            return entry == null ? firstTime(registration, turn) : processStarted(entry, registration, turn);
        }
        if (entry == null
                || !entry.isLive(registration.incarnation())
                || !registration.processTag().equals(entry.processTag)) {
            String reason =
                    "incarnation " + registration.incarnation() + " of groom " + registration.groom() + " is over";
            return Enrolment.fenced(epoch, reason);
        }
        return accept(entry, registration, 0, turn);
    }

    private Enrolment firstTime(GroomRegistration registration, Turn turn) {
        GroomEntry entry = new GroomEntry(registration.groom());
        grooms.put(entry.id, entry);
        entry.beginIncarnation(1, registration.processTag());
        return accept(entry, registration, 0, turn);
    }

    /** A process that has no incarnation yet: the same one whose answer was lost, a new one, or one that was fenced. */
    private Enrolment processStarted(GroomEntry entry, GroomRegistration registration, Turn turn) {
        if (!entry.lost && registration.processTag().equals(entry.processTag)) {
            return accept(entry, registration, 0, turn);
        }
        if (entry.removed && registration.processTag().equals(entry.processTag)) {
            return Enrolment.refused("groom " + entry.id + " was removed; start it again to have it back");
        }
        boolean sameAddress = registration.rpcHost().equals(entry.rpcHost) && registration.rpcPort() == entry.rpcPort;
        if (!entry.lost && !sameAddress) {
            return Enrolment.refused("a groom named " + entry.id + " is there already, at " + entry.rpcHost + ":"
                    + entry.rpcPort + "; give this one another bsp.groom.name, or wait until that one is LOST");
        }
        long ended = entry.lost ? 0 : entry.incarnation;
        entry.beginIncarnation(entry.incarnation + 1, registration.processTag());
        nodes.forget(entry.id);
        failures.forget(entry.id);
        return accept(entry, registration, ended, turn);
    }

    private Enrolment accept(GroomEntry entry, GroomRegistration registration, long ended, Turn turn) {
        boolean newcomer = !entry.enrolled;
        entry.enrol(registration);
        Intervals intervals = renew(entry, turn);
        if (newcomer) {
            capacityChanged = true;
            turn.tell(
                    "GROOM_REGISTERED",
                    entry.id,
                    "groom " + entry.id + " registered with " + entry.slots + " slots, incarnation "
                            + entry.incarnation);
            LOG.info(
                    "[{} i{}] registered with {} slots at {}:{}",
                    entry.id,
                    entry.incarnation,
                    entry.slots,
                    entry.rpcHost,
                    entry.rpcPort);
        }
        return new Enrolment(new RegistrationReply.Accepted(epoch, entry.incarnation, intervals), ended, newcomer);
    }

    private Intervals renew(GroomEntry entry, Turn turn) {
        Intervals intervals = intervals();
        expiryNs = intervals.expiryNs();
        entry.expiresNs = turn.nowNs() + expiryNs;
        entry.lastHeartbeat = turn.wall();
        return intervals;
    }

    /** How a message with these numbers stands. */
    public Standing standing(GroomId groom, long incarnation, long messageEpoch) {
        GroomEntry entry = grooms.get(groom);
        if (entry == null) {
            return Standing.UNKNOWN;
        }
        if (!entry.isLive(incarnation)) {
            return Standing.FENCED;
        }
        return entry.enrolled && messageEpoch == epoch ? Standing.CURRENT : Standing.UNKNOWN;
    }

    /** Takes a heartbeat that is {@link Standing#CURRENT}; whether it is newer than all before, so that its table counts. */
    public boolean beat(Heartbeat heartbeat, Turn turn) {
        GroomEntry entry = grooms.get(heartbeat.groom());
        if (heartbeat.number() <= entry.lastBeat) {
            return false;
        }
        entry.lastBeat = heartbeat.number();
        entry.outbox.acknowledge(heartbeat.directivesApplied());
        entry.table = heartbeat.attempts();
        entry.spares = heartbeat.spares();
        renew(entry, turn);
        boolean first = nodes.update(entry.id, heartbeat.node());
        if (entry.tellHealth(heartbeat.node().unhealthy()) || first) {
            capacityChanged = true;
            LOG.info(
                    "[{} i{}] is {}{}",
                    entry.id,
                    entry.incarnation,
                    entry.state(),
                    entry.unhealthy == null ? "" : ": " + entry.unhealthy);
            turn.tell(
                    entry.unhealthy == null ? "GROOM_HEALTHY" : "GROOM_UNHEALTHY",
                    entry.id,
                    "groom " + entry.id + " is " + entry.state()
                            + (entry.unhealthy == null ? "" : ": " + entry.unhealthy));
        }
        entry.touch();
        return true;
    }

    /** Why a groom has become unhealthy since this was asked last: its attempts have to go elsewhere; null if it has not. */
    public String takeUnhealthy(GroomId groom) {
        GroomEntry entry = grooms.get(groom);
        boolean is = entry.newlyUnhealthy;
        entry.newlyUnhealthy = false;
        return is ? entry.unhealthy : null;
    }

    /**
     * An attempt of that job has failed there by its own fault, as it seems. Several jobs that fail on one groom blacklist it;
     * but the last one that can take tasks is better than none.
     */
    public void failed(GroomId groom, long incarnation, JobId job, Turn turn) {
        GroomEntry entry = grooms.get(groom);
        if (entry == null || !entry.isLive(incarnation) || entry.blacklisted != null) {
            return;
        }
        if (failures.add(groom, job, turn.nowNs()) && isAnotherUsable(entry)) {
            entry.blacklist(failures.text(groom), turn.nowNs() + blacklistPeriodNs);
            failures.forget(groom);
            capacityChanged = true;
            LOG.warn("[{} i{}] BLACKLISTED: {}", entry.id, entry.incarnation, entry.blacklisted);
            turn.tell("GROOM_BLACKLISTED", entry.id, "groom " + entry.id + " is blacklisted: " + entry.blacklisted);
        }
    }

    private boolean isAnotherUsable(GroomEntry one) {
        for (GroomEntry entry : grooms.values()) {
            if (entry != one && isUsable(entry)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it can be told something, is well and may get tasks. */
    private boolean isUsable(GroomEntry entry) {
        return entry.enrolled && entry.state() == GroomState.ACTIVE && nodes.isKnown(entry.id);
    }

    /** Whether that incarnation is there and may get tasks. */
    public boolean isActive(GroomId groom, long incarnation) {
        return isLive(groom, incarnation) && isUsable(grooms.get(groom));
    }

    /** The answer to a heartbeat that is {@link Standing#CURRENT}: repeats what was not applied. */
    public HeartbeatReply answer(GroomId groom) {
        GroomEntry entry = grooms.get(groom);
        return new HeartbeatReply.Accepted(epoch, intervals(), entry.outbox.answer(epoch, entry.incarnation));
    }

    /** A push came back; null: it failed. */
    public void pushed(GroomId groom, long incarnation, DirectiveReply reply) {
        GroomEntry entry = grooms.get(groom);
        if (entry != null && entry.isLive(incarnation)) {
            entry.outbox.pushed(reply);
        }
    }

    /** Whether that incarnation is the groom's last and not lost. */
    public boolean isLive(GroomId groom, long incarnation) {
        GroomEntry entry = grooms.get(groom);
        return entry != null && entry.isLive(incarnation);
    }

    /** Whether that incarnation is live and has registered in this epoch, so that it can be told something. */
    public boolean isReachable(GroomId groom, long incarnation) {
        return isLive(groom, incarnation) && grooms.get(groom).enrolled;
    }

    /** The incarnation of a groom that placement chose. */
    public long incarnation(GroomId groom) {
        return grooms.get(groom).incarnation;
    }

    /** Tells a reachable incarnation something; the directive's number. */
    public long direct(GroomId groom, Directive directive) {
        return grooms.get(groom).outbox.add(directive);
    }

    /** Whether a live groom has applied the directive of that number; true for a groom that is gone. */
    public boolean hasApplied(GroomId groom, long incarnation, long number) {
        GroomEntry entry = grooms.get(groom);
        return entry == null || !entry.isLive(incarnation) || (entry.enrolled && entry.outbox.hasApplied(number));
    }

    /** An attempt takes a slot of a live incarnation. */
    public void occupy(GroomId groom, long incarnation, AttemptId attempt) {
        GroomEntry entry = grooms.get(groom);
        if (entry != null && entry.isLive(incarnation)) {
            entry.occupants.add(attempt);
            entry.touch();
        }
    }

    /** Its process is gone. */
    public void release(GroomId groom, long incarnation, AttemptId attempt) {
        GroomEntry entry = grooms.get(groom);
        if (entry != null && entry.incarnation == incarnation && entry.occupants.remove(attempt)) {
            capacityChanged = true;
            entry.touch();
        }
    }

    /** Attempts that hold a slot there by the books. */
    public NavigableSet<AttemptId> occupants(GroomId groom) {
        GroomEntry entry = grooms.get(groom);
        return entry == null ? Collections.emptyNavigableSet() : new TreeSet<>(entry.occupants);
    }

    /** Sets which attempts of the groom's table nobody expects; those that are new among them are to be killed. */
    public void strangers(GroomId groom, NavigableSet<AttemptId> found) {
        GroomEntry entry = grooms.get(groom);
        if (entry.strangers.equals(found)) {
            return;
        }
        for (AttemptId attempt : found) {
            if (!entry.strangers.contains(attempt)) {
                LOG.info("[{}] is not expected on {}: killed", attempt, groom);
                entry.outbox.add(new Directive.KillAttempt(attempt, true, "not wanted by the master"));
            }
        }
        capacityChanged |= found.size() < entry.strangers.size();
        entry.strangers.clear();
        entry.strangers.addAll(found);
        entry.touch();
    }

    /** Grooms that may get tasks, in order of names. */
    public List<GroomView> views() {
        List<GroomView> views = new ArrayList<>();
        for (GroomEntry entry : grooms.values()) {
            if (isUsable(entry)) {
                int free = entry.slots - entry.slotsUsed();
                double load = nodes.report(entry.id).cpuLoad();
                views.add(new GroomView(entry.id, entry.slots, free, entry.labels, load));
            }
        }
        return views;
    }

    /** Whether room was gained or lost since this was asked last. */
    public boolean takeCapacityChange() {
        boolean changed = capacityChanged;
        capacityChanged = false;
        return changed;
    }

    /** Declares LOST all grooms whose time is over; their incarnations are over. Pardons blacklisted ones. */
    public List<LostGroom> expire(Turn turn) {
        List<LostGroom> lost = new ArrayList<>();
        for (GroomEntry entry : grooms.values()) {
            if (entry.blacklisted != null && entry.blacklistedUntilNs <= turn.nowNs()) {
                entry.pardon();
                capacityChanged = true;
                LOG.info("[{} i{}] is {} again", entry.id, entry.incarnation, entry.state());
                turn.tell("GROOM_PARDONED", entry.id, "groom " + entry.id + " is " + entry.state() + " again");
            }
            if (isServing() && !entry.lost && entry.expiresNs <= turn.nowNs()) {
                String why = "not heard of for " + expiryNs / 1_000_000 + " ms";
                LOG.warn("[{} i{}] LOST: {}", entry.id, entry.incarnation, why);
                turn.tell("GROOM_LOST", entry.id, "groom " + entry.id + " is lost: " + why);
                entry.lose(why);
                nodes.forget(entry.id);
                failures.forget(entry.id);
                capacityChanged = true;
                lost.add(new LostGroom(entry.id, entry.incarnation, why));
            }
        }
        return lost;
    }

    /** The core does something; to be called before anything else of the step. */
    public void seen(long nowNs) {
        // with no groom to watch nothing is due: then a long gap says nothing
        if (nowNs - lastSeenNs > expiryNs / 2 && nextDeadlineNs() != Core.NO_DEADLINE) {
            LOG.warn(
                    "[master] stood still for {} ms: every groom gets a full expiry", (nowNs - lastSeenNs) / 1_000_000);
            grantFullExpiry(nowNs);
        }
        lastSeenNs = nowNs;
    }

    /** When {@link #expire} may have something to do. */
    public long nextDeadlineNs() {
        long deadline = Core.NO_DEADLINE;
        for (GroomEntry entry : grooms.values()) {
            if (!entry.lost) {
                deadline = isServing() ? Math.min(deadline, entry.expiresNs) : deadline;
                deadline = entry.blacklisted == null ? deadline : Math.min(deadline, entry.blacklistedUntilNs);
            }
        }
        // a tick now and then, so that a long gap between ticks can be told from silence
        return deadline == Core.NO_DEADLINE ? deadline : Math.min(deadline, lastSeenNs + expiryNs / 4);
    }

    /** Stores what changed, and sends what is due. */
    public void flush(Turn turn) {
        for (GroomEntry entry : grooms.values()) {
            if (entry.dirty) {
                entry.dirty = false;
                turn.store(entry.row());
            }
        }
    }

    /** Adds the rows of all grooms as they would be stored now. */
    public void rows(List<MasterRecord> rows) {
        for (GroomEntry entry : grooms.values()) {
            rows.add(entry.row());
        }
    }

    /** Pushes directives to grooms that have none under way. */
    public void push(Turn turn) {
        for (GroomEntry entry : grooms.values()) {
            if (entry.enrolled && !entry.lost) {
                DirectiveBatch batch = entry.outbox.nextPush(epoch, entry.incarnation);
                if (batch != null) {
                    turn.effect(new MasterEffect.Push(entry.id, entry.rpcHost, entry.rpcPort, batch));
                }
            }
        }
    }

    /** All grooms in order of names; entries that did not change are the same objects. */
    public List<GroomStatus> statuses() {
        List<GroomStatus> statuses = new ArrayList<>();
        for (GroomEntry entry : grooms.values()) {
            if (!entry.removed) {
                statuses.add(entry.status(nodes.report(entry.id)));
            }
        }
        return statuses;
    }
}
