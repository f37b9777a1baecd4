package io.valiant.master.groom;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.NodeReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One groom as the master knows it. Owned by {@link GroomManager}. */
final class GroomEntry {
    final GroomId id;

    // stored
    long incarnation;
    String processTag;
    boolean lost;

    /** An operator has removed it: it is lost, and nobody is to see it. Its process is refused, another one is not. */
    boolean removed;

    /** Why an operator wants it to get nothing new, or null. Outlives incarnations. */
    String drained;

    /** Why it is no place for tasks by its own account, or null. */
    String unhealthy;

    /** Why it is no place for tasks by the master's, or null; until {@link #blacklistedUntilNs}. */
    String blacklisted;

    String rpcHost;
    int rpcPort;

    /** Why it is lost. */
    private String lostReason;

    // soft: told by the groom in this epoch
    /** Whether it has registered in this epoch; before, nothing may be sent to it. */
    boolean enrolled;

    int slots;
    SortedMap<String, String> labels = Collections.emptySortedMap();
    String http;
    List<GroomStatus.Step> steps = List.of();
    long lastBeat;
    Instant lastHeartbeat;
    List<AttemptSummary> table = List.of();

    /** Process ids of JVMs that wait for an attempt. */
    List<Long> spares = List.of();

    DirectiveOutbox outbox = new DirectiveOutbox();

    /** Monotonic time at which it is LOST unless it is heard of before. */
    long expiresNs;

    /** Monotonic time at which a blacklisted groom gets tasks again. */
    long blacklistedUntilNs;

    /** It became unhealthy, and what that means for its attempts was not looked at yet. */
    boolean newlyUnhealthy;

    /** Attempts of which the process may be there, by the books. */
    final TreeSet<AttemptId> occupants = new TreeSet<>();

    /** Attempts in its table that the books do not expect; each was told to be killed. */
    final TreeSet<AttemptId> strangers = new TreeSet<>();

    /** Whether the stored part changed since it was last stored. */
    boolean dirty;

    private GroomStatus status;

    GroomEntry(GroomId id) {
        this.id = id;
    }

    static GroomEntry of(MasterRecord.Groom row) {
        GroomEntry entry = new GroomEntry(row.id());
        entry.incarnation = row.incarnation();
        entry.processTag = row.processTag();
        entry.rpcHost = row.rpcHost();
        entry.rpcPort = row.rpcPort();
        entry.drained = row.drained();
        entry.removed = row.removed();
        switch (row.state()) {
            case LOST -> {
                entry.lost = true;
                entry.lostReason = row.reason();
            }
            case UNHEALTHY -> entry.unhealthy = row.reason();
            case BLACKLISTED -> entry.blacklisted = row.reason();
            case ACTIVE, DRAINING -> {
                // nothing is to be told of it
            }
        }
        return entry;
    }

    MasterRecord.Groom row() {
        return new MasterRecord.Groom(
                id, incarnation, processTag, state(), rpcHost, rpcPort, reason(), drained, removed);
    }

    /** Takes over what a registration tells. */
    void enrol(GroomRegistration registration) {
        enrolled = true;
        slots = registration.slots();
        labels = registration.labels();
        http = registration.http();
        steps = registration.steps();
        table = registration.attempts();
        if (!registration.rpcHost().equals(rpcHost) || registration.rpcPort() != rpcPort) {
            rpcHost = registration.rpcHost();
            rpcPort = registration.rpcPort();
            dirty = true;
        }
        touch();
    }

    /** Forgets what belonged to the incarnation before; the next one is stored. */
    void beginIncarnation(long next, String tag) {
        incarnation = next;
        processTag = tag;
        lost = false;
        lostReason = null;
        removed = false;
        dirty = true;
        forgetSoftState();
    }

    void lose(String why) {
        lost = true;
        lostReason = why;
        dirty = true;
        forgetSoftState();
    }

    /** Takes its own account of its health, null for well; whether it is news. */
    boolean tellHealth(String why) {
        boolean changed = (why == null) != (unhealthy == null);
        if (changed) {
            // a text that changes with each look, as of bytes free, is not worth a write: the first one stands
            unhealthy = why;
            newlyUnhealthy = why != null;
            dirty = true;
            touch();
        }
        return changed;
    }

    void blacklist(String why, long untilNs) {
        blacklisted = why;
        blacklistedUntilNs = untilNs;
        dirty = true;
        touch();
    }

    /** It may have tasks again. */
    void pardon() {
        blacklisted = null;
        dirty = true;
        touch();
    }

    void drain(String why) {
        drained = why;
        dirty = true;
        touch();
    }

    void undrain() {
        drained = null;
        pardon();
    }

    void remove(String why) {
        removed = true;
        drained = null;
        lose(why);
    }

    private void forgetSoftState() {
        enrolled = false;
        unhealthy = null;
        blacklisted = null;
        newlyUnhealthy = false;
        outbox = new DirectiveOutbox();
        occupants.clear();
        strangers.clear();
        table = List.of();
        spares = List.of();
        lastBeat = 0;
        touch();
    }

    boolean isLive(long incarnationAsked) {
        return !lost && incarnation == incarnationAsked;
    }

    int slotsUsed() {
        return occupants.size() + strangers.size();
    }

    private boolean isDrained() {
        return drained != null;
    }

    GroomState state() {
        if (lost) {
            return GroomState.LOST;
        }
        if (isDrained()) {
            return GroomState.DRAINING;
        }
        if (blacklisted != null) {
            return GroomState.BLACKLISTED;
        }
        return unhealthy == null ? GroomState.ACTIVE : GroomState.UNHEALTHY;
    }

    /** Why it is in that state, or null. */
    private String reason() {
        if (lost) {
            return lostReason;
        }
        if (isDrained()) {
            return drained;
        }
        return blacklisted != null ? blacklisted : unhealthy;
    }

    /** What people see of it may have changed. */
    void touch() {
        status = null;
    }

    GroomStatus status(NodeReport node) {
        if (status == null) {
            status = buildStatus(node);
        }
        return status;
    }

    private GroomStatus buildStatus(NodeReport node) {
        List<GroomStatus.Child> children = new ArrayList<>();
        TreeMap<AttemptId, Long> byAttempt = new TreeMap<>();
        for (AttemptSummary line : table) {
            byAttempt.put(line.attempt(), line.pid());
        }
        byAttempt.forEach((attempt, pid) -> {
            if (pid > 0) {
                children.add(new GroomStatus.Child(pid, "task", attempt.toString()));
            }
        });
        spares.forEach(pid -> children.add(new GroomStatus.Child(pid, "spare", null)));
        boolean known = node.processors() > 0;
        String shownReason = reason();
        if (!lost && !enrolled && blacklisted == null && !isDrained()) {
            shownReason = "not heard of since the master started";
        } else if (state() == GroomState.UNHEALTHY && node.unhealthy() != null) {
            shownReason = node.unhealthy();
        }
        return new GroomStatus(
                id.value(),
                incarnation,
                state(),
                shownReason,
                slots,
                slotsUsed(),
                labels,
                known ? new GroomStatus.Cpu(node.processors(), node.cpuLoad() < 0 ? null : node.cpuLoad()) : null,
                known ? new GroomStatus.Memory(node.memoryTotalBytes(), node.memoryAvailableBytes()) : null,
                known
                        ? new GroomStatus.Disk(
                                node.diskPath(), node.diskTotalBytes(), node.diskFreeBytes(), node.diskWritable())
                        : null,
                lastHeartbeat,
                rpcHost == null ? null : rpcHost + ":" + rpcPort,
                http,
                steps,
                List.copyOf(children));
    }
}
