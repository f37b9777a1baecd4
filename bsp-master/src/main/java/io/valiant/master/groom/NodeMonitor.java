package io.valiant.master.groom;

import io.valiant.id.GroomId;
import io.valiant.protocol.NodeReport;
import java.util.Objects;
import java.util.TreeMap;

/** The last word of each groom's NodeManager about its node. Soft: empty after a restart. */
final class NodeMonitor {
    private final TreeMap<GroomId, NodeReport> reports = new TreeMap<>();

    /** Takes a report; whether it is the first, or the groom's health changed by it. */
    boolean update(GroomId groom, NodeReport report) {
        NodeReport before = reports.put(groom, report);
        return before == null || !Objects.equals(before.unhealthy(), report.unhealthy());
    }

    /** Whether the groom has told of its node, so that it may get tasks if that is well. */
    boolean isUsable(GroomId groom) {
        NodeReport report = reports.get(groom);
        return report != null && report.unhealthy() == null;
    }

    /** The last report, {@link NodeReport#NONE} before the first. */
    NodeReport report(GroomId groom) {
        return reports.getOrDefault(groom, NodeReport.NONE);
    }

    /** Drops what is known: the incarnation it came from is over. */
    void forget(GroomId groom) {
        reports.remove(groom);
    }
}
