package io.valiant.master.groom;

import io.valiant.id.GroomId;
import io.valiant.protocol.NodeReport;
import java.util.TreeMap;

/** The last word of each groom's NodeManager about its node. Soft: empty after a restart. */
final class NodeMonitor {
    private final TreeMap<GroomId, NodeReport> reports = new TreeMap<>();

    /** Takes a report; whether it is the first. */
    boolean update(GroomId groom, NodeReport report) {
        return reports.put(groom, report) == null;
    }

    /** Whether the groom has told of its node: before, nobody knows whether it is well. */
    boolean isKnown(GroomId groom) {
        return reports.containsKey(groom);
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
