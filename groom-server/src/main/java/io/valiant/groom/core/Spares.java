package io.valiant.groom.core;

import io.valiant.concurrent.Output;
import io.valiant.protocol.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The table of warm spares: child JVMs that wait for an attempt. Each serves one. New ones are started once the groom is
 * calm, so that they take no processor from children that are starting or have only little to do, and with growing pauses
 * while they do not live.
 */
final class Spares {
    /** How long nothing may have been started or ended, where no child is there, before a spare is started. */
    static final long CALM_NS = 1_000_000_000L;

    /** The same while children run: a short job is over by then, a longer one has a spare to be rolled back with. */
    static final long BUSY_CALM_NS = 30_000_000_000L;

    /** A spare that is gone by itself before this has died young. */
    static final long YOUNG_NS = 10_000_000_000L;

    private static final long LEAST_PAUSE_NS = 5_000_000_000L;
    private static final long MOST_PAUSE_NS = 300_000_000_000L;
    private static final long MILLI_NS = 1_000_000L;
    private static final long NEVER = Long.MAX_VALUE;

    private final GroomConfig config;
    private final SortedMap<Long, Spare> table = new TreeMap<>();
    private long lastNumber;

    /** Since when the groom is calm, and with or without children as it is now; NEVER while it is not. */
    private long calmSinceNs = NEVER;

    /** Children were there when it was last seen calm. */
    private boolean busy;

    private long notBeforeNs = Long.MIN_VALUE;
    private long pauseNs;

    /** A JVM from the order to start it until its process group is gone or it serves an attempt. */
    private static final class Spare {
        private final long startedNs;
        private long pid;
        private boolean ending;

        private Spare(long startedNs) {
            this.startedNs = startedNs;
        }

        private boolean isReady() {
            return pid != 0 && !ending;
        }
    }

    Spares(GroomConfig config) {
        this.config = config;
    }

    /** Takes a spare that can run a task of that job out of the table; {@link GroomEffect.Launch#NO_SPARE} if none can. */
    long take(JobSpec job) {
        if (isFitting(job)) {
            for (Map.Entry<Long, Spare> entry : table.entrySet()) {
                if (entry.getValue().isReady()) {
                    table.remove(entry.getKey());
                    pauseNs = 0;
                    return entry.getKey();
                }
            }
        }
        return GroomEffect.Launch.NO_SPARE;
    }

    private boolean isFitting(JobSpec job) {
        try {
            return JvmOptions.of(job, config.childOptions()).equals(config.childOptions());
        } catch (IllegalArgumentException e) {
            // what is wrong with the job's options is told by its launch, which fails
            return false;
        }
    }

    /** Its process is known now. Had it to end before, then whoever starts it may have known of nothing to end. */
    void ready(long number, long pid, Output<Void, GroomEffect> out) {
        Spare spare = table.get(number);
        if (spare == null) {
            return;
        }
        spare.pid = pid;
        if (spare.ending) {
            out.effect(new GroomEffect.EndSpare(number));
        }
    }

    void gone(long number, String detail, long nowNs, Output<Void, GroomEffect> out) {
        Spare spare = table.remove(number);
        if (spare == null || spare.ending) {
            return;
        }
        long livedNs = nowNs - spare.startedNs;
        if (livedNs < YOUNG_NS) {
            pauseNs = Math.min(MOST_PAUSE_NS, Math.max(LEAST_PAUSE_NS, 2 * pauseNs));
            notBeforeNs = nowNs + pauseNs;
        }
        out.effect(new GroomEffect.Note(
                true,
                "[" + config.name() + " spare " + number + "] is gone after " + livedNs / MILLI_NS + " ms: " + detail));
    }

    /**
     * Starts what is missing, once it has been calm for long enough.
     *
     * @param calm whether the groom has a master, is healthy and has no child that is starting or ending
     * @param children how many run
     */
    void tick(boolean calm, int children, long nowNs, Output<Void, GroomEffect> out) {
        if (!calm) {
            calmSinceNs = NEVER;
            return;
        }
        if (calmSinceNs == NEVER || busy != children > 0) {
            calmSinceNs = nowNs;
            busy = children > 0;
        }
        while (nowNs >= nextDeadlineNs()) {
            lastNumber++;
            table.put(lastNumber, new Spare(nowNs));
            out.effect(new GroomEffect.StartSpare(lastNumber));
        }
    }

    /** Ends all: the groom stops, or its disk is not what it was. */
    void endAll(Output<Void, GroomEffect> out) {
        for (Map.Entry<Long, Spare> entry : table.entrySet()) {
            if (!entry.getValue().ending) {
                entry.getValue().ending = true;
                out.effect(new GroomEffect.EndSpare(entry.getKey()));
            }
        }
    }

    long nextDeadlineNs() {
        boolean wanted = calmSinceNs != NEVER && table.size() < config.spareChildren();
        return wanted ? Math.max(calmSinceNs + (busy ? BUSY_CALM_NS : CALM_NS), notBeforeNs) : NEVER;
    }

    /** The process ids of all, in order of their start; 0 where it is not known yet. */
    List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        for (Spare spare : table.values()) {
            pids.add(spare.pid);
        }
        return pids;
    }
}
