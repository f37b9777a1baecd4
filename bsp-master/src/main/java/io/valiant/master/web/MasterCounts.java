package io.valiant.master.web;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.concurrent.LoopTimes;
import io.valiant.master.core.Observation;
import io.valiant.metrics.Histogram;
import io.valiant.metrics.Metrics;
import io.valiant.protocol.SuperstepTotals;
import io.valiant.protocol.ipc.CallTimes;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a master counts since its process began, over its leaderships. Safe in any thread. */
public final class MasterCounts implements LoopTimes, CallTimes {
    private static final double MILLIS = 1000;

    private final Map<String, LongAdder> attempts = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> rollBacks = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> calls = new ConcurrentSkipListMap<>();
    private final LongAdder supersteps = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder spilled = new LongAdder();
    private final LongAdder checkpointBytes = new LongAdder();
    private final Histogram superstepSeconds = new Histogram();
    private final Histogram barrierSeconds = new Histogram();
    private final Histogram checkpointSeconds = new Histogram();
    private final Histogram eventSeconds = new Histogram();
    private final Histogram batchSeconds = new Histogram();
    private final Chronicle chronicle = new Chronicle();

    /** All that may be counted is told from the beginning, as 0. */
    public MasterCounts() {
        for (AttemptState state : AttemptState.values()) {
            if (state.isEnded()) {
                attempts.put(state.name(), new LongAdder());
            }
        }
        for (CauseType cause : CauseType.values()) {
            rollBacks.put(cause.name(), new LongAdder());
        }
    }

    /** Takes what the core has observed. */
    public void take(Observation what) {
        if (what instanceof Observation.AttemptEnded ended) {
            one(attempts, ended.how().name());
        } else if (what instanceof Observation.RolledBack rolledBack) {
            one(rollBacks, rolledBack.why().name());
        } else if (what instanceof Observation.SuperstepEnded ended) {
            take(ended.step(), ended.ended());
        } else if (what instanceof Observation.CheckpointStored stored) {
            checkpointBytes.add(stored.bytes());
            if (stored.tookNs() >= 0) {
                checkpointSeconds.recordNs(stored.tookNs());
            }
        } else if (what instanceof Observation.Happened happened) {
            chronicle.add(happened);
        }
    }

    /** Times are of the supersteps that are told of, counts of all. */
    private void take(SuperstepStatus step, SuperstepTotals ended) {
        supersteps.add(ended.supersteps());
        messages.add(ended.messages());
        bytes.add(ended.bytes());
        spilled.add(ended.spilledBytes());
        superstepSeconds.record((step.computeMs() + step.barrierMs()) / MILLIS);
        barrierSeconds.record(step.barrierMs() / MILLIS);
    }

    private static void one(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, missing -> new LongAdder()).increment();
    }

    @Override
    public void event(long ns) {
        eventSeconds.recordNs(ns);
    }

    @Override
    public void batch(long ns) {
        batchSeconds.recordNs(ns);
    }

    @Override
    public void call(String method, long ns) {
        calls.computeIfAbsent(method, missing -> new Histogram()).recordNs(ns);
    }

    /** What happened lately. */
    Chronicle chronicle() {
        return chronicle;
    }

    void tell(Metrics.Gauges to) {
        attempts.forEach((result, count) -> to.count("attempts_total", (double) count.sum(), "result", result));
        rollBacks.forEach((cause, count) -> to.count("rollbacks_total", (double) count.sum(), "cause", cause));
        to.count("supersteps_total", (double) supersteps.sum());
        to.count("messages_total", (double) messages.sum());
        to.count("message_bytes_total", (double) bytes.sum());
        to.count("spilled_bytes_total", (double) spilled.sum());
        to.count("checkpoint_bytes_total", (double) checkpointBytes.sum());
        to.times("superstep_seconds", superstepSeconds);
        to.times("barrier_wait_seconds", barrierSeconds);
        to.times("checkpoint_seconds", checkpointSeconds);
        to.times("core_event_seconds", eventSeconds);
        to.times("store_batch_seconds", batchSeconds);
        new TreeMap<>(calls).forEach((method, times) -> to.times("rpc_seconds", times, "method", method));
    }
}
