package io.valiant.groom.web;

import io.valiant.groom.core.GroomSnapshot;
import io.valiant.metrics.Metrics;
import io.valiant.protocol.AttemptProgress;
import io.valiant.wire.RefusedFrames;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a groom's snapshot tells in numbers: the node, and each child by its last ping. */
final class GroomGauges implements Consumer<Metrics.Gauges> {
    private final Supplier<GroomSnapshot> snapshot;

    GroomGauges(Supplier<GroomSnapshot> snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public void accept(Metrics.Gauges gauges) {
        GroomSnapshot now = snapshot.get();
        int used = now.tasks().size();
        gauges.set("slots", used, "used", "true");
        gauges.set("slots", Math.max(0, now.slots() - used), "used", "false");
        gauges.set("groom_holding", now.holding() ? 1 : 0);
        if (now.node().cpuLoad() >= 0) {
            gauges.set("node_cpu", now.node().cpuLoad());
        }
        gauges.set("node_disk_free_bytes", (double) now.node().diskFreeBytes());
        gauges.set("node_memory_available_bytes", (double) now.node().memoryAvailableBytes());
        for (GroomSnapshot.Child child : now.tasks()) {
            String attempt = child.attempt().toString();
            AttemptProgress progress = child.progress();
            gauges.set("child_superstep", (double) progress.superstep(), "attempt", attempt);
            gauges.set("child_heap_bytes", (double) progress.heapUsedBytes(), "attempt", attempt);
            gauges.set("child_cpu_seconds", progress.cpuNs() / 1e9, "attempt", attempt);
            gauges.set("child_messages", (double) progress.messagesSent(), "attempt", attempt);
            gauges.set("child_message_bytes", (double) progress.bytesSent(), "attempt", attempt);
            gauges.set("child_spilled_bytes", (double) progress.spilledBytes(), "attempt", attempt);
            ResidentMemory.of(child.pid())
                    .ifPresent(bytes -> gauges.set("child_rss_bytes", (double) bytes, "attempt", attempt));
        }
        RefusedFrames refused = now.refused();
        gauges.count("frames_refused_total", (double) refused.damaged(), "reason", "damaged");
        gauges.count("frames_refused_total", (double) refused.fenced(), "reason", "fenced");
        gauges.count("frames_refused_total", (double) refused.foreign(), "reason", "foreign");
    }
}
