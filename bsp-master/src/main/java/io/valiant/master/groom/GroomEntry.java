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
    String rpcHost;
    int rpcPort;
    String reason;

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
    DirectiveOutbox outbox = new DirectiveOutbox();

    /** Monotonic time at which it is LOST unless it is heard of before. */
    long expiresNs;

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
        entry.lost = row.state() == GroomState.LOST;
        entry.rpcHost = row.rpcHost();
        entry.rpcPort = row.rpcPort();
        entry.reason = row.reason();
        return entry;
    }

    MasterRecord.Groom row() {
        GroomState stored = lost ? GroomState.LOST : GroomState.ACTIVE;
        return new MasterRecord.Groom(id, incarnation, processTag, stored, rpcHost, rpcPort, reason);
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
        reason = null;
        dirty = true;
        forgetSoftState();
    }

    void lose(String why) {
        lost = true;
        reason = why;
        dirty = true;
        forgetSoftState();
    }

    private void forgetSoftState() {
        enrolled = false;
        outbox = new DirectiveOutbox();
        occupants.clear();
        strangers.clear();
        table = List.of();
        lastBeat = 0;
        touch();
    }

    boolean isLive(long incarnationAsked) {
        return !lost && incarnation == incarnationAsked;
    }

    int slotsUsed() {
        return occupants.size() + strangers.size();
    }

    GroomState state(String unhealthy) {
        if (lost) {
            return GroomState.LOST;
        }
        return unhealthy == null ? GroomState.ACTIVE : GroomState.UNHEALTHY;
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
        boolean known = node.processors() > 0;
        String shownReason = reason;
        if (!lost) {
            shownReason = enrolled ? node.unhealthy() : "not heard of since the master started";
        }
        return new GroomStatus(
                id.value(),
                incarnation,
                state(node.unhealthy()),
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
