package io.valiant.master.groom;

import io.valiant.id.GroomId;
import io.valiant.protocol.NodeReport;
import java.util.Objects;
import java.util.TreeMap;

/** The last word of each groom's NodeManager about its node. Soft: empty after a restart. */
final class NodeMonitor {
    private final TreeMap<GroomId, NodeReport> reports = new TreeMap<>();

    /** Takes a report; whether the groom's health changed by it. */
    boolean update(GroomId groom, NodeReport report) {
        NodeReport before = reports.put(groom, report);
        return !Objects.equals(before == null ? null : before.unhealthy(), report.unhealthy());
    }

    /** The last report, {@link NodeReport#NONE} before the first. */
    NodeReport report(GroomId groom) {
        return reports.getOrDefault(groom, NodeReport.NONE);
    }

    /** Why no task should run there, or null. */
    String unhealthy(GroomId groom) {
        return report(groom).unhealthy();
    }

    /** Drops what is known: the incarnation it came from is over. */
    void forget(GroomId groom) {
        reports.remove(groom);
    }
}
