package io.valiant.master.web;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.metrics.Metrics;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a snapshot tells in numbers. */
final class MasterGauges implements Consumer<Metrics.Gauges> {
    private final Supplier<MasterSnapshot> snapshot;

    private final MasterCounts counts;

    MasterGauges(Supplier<MasterSnapshot> snapshot, MasterCounts counts) {
        this.counts = counts;
        this.snapshot = snapshot;
    }

    @Override
    public void accept(Metrics.Gauges gauges) {
        MasterSnapshot now = snapshot.get();
        counts.tell(gauges);
        for (JobState state : JobState.values()) {
            gauges.set("jobs", now.jobsIn(state), "state", state.name());
        }
        for (GroomState state : GroomState.values()) {
            gauges.set("grooms", now.groomsIn(state), "state", state.name());
        }
        gauges.set("slots", now.slotsUsed(), "used", "true");
        gauges.set("slots", now.slots() - now.slotsUsed(), "used", "false");
        gauges.set("leader", now.epoch() > 0 ? 1 : 0);
        for (JobStatus job : now.jobs()) {
            if (job.waitingFor() != null) {
                gauges.set(
                        "waiting_for_seconds",
                        job.waitingFor().sinceMs() / 1000.0,
                        "job",
                        job.id(),
                        "task",
                        Integer.toString(job.waitingFor().task()),
                        "groom",
                        job.waitingFor().groom());
            }
        }
        for (GroomStatus groom : now.grooms()) {
            if (groom.cpu() != null && groom.cpu().load() != null) {
                gauges.set("node_cpu", groom.cpu().load(), "groom", groom.name());
            }
            if (groom.disk() != null) {
                gauges.set("node_disk_free_bytes", (double) groom.disk().freeBytes(), "groom", groom.name());
            }
        }
    }
}
