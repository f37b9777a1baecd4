package io.valiant.groom.core;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.concurrent.Output;
import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.protocol.AttemptProgress;
import io.valiant.wire.RefusedFrames;
import java.util.Locale;

/**
 * Watches the children: one that is silent has its process looked at before it is judged; one that computes too long in a
 * superstep is killed; one that was told to end and does not is killed again.
 */
final class Supervision {
    private static final long MILLI_NS = 1_000_000L;

    private final GroomConfig config;
    private final TaskManager tasks;

    private long judgeNotBeforeNs = Long.MIN_VALUE;

    /** By the links of all children, those too that are gone. */
    private RefusedFrames refused = RefusedFrames.NONE;

    Supervision(GroomConfig config, TaskManager tasks) {
        this.config = config;
        this.tasks = tasks;
    }

    /**
     * This process was late itself, so that pings may lie unread: nobody is judged for one round. Where the machine stood still
     * a JVM could not start either: that time does not count for who has not attached yet.
     */
    void wasLate(long nowNs, long lateNs) {
        judgeNotBeforeNs = nowNs + config.pingIntervalNs();
        for (Child child : tasks.children()) {
            if (!child.hasAttached()) {
                child.heardNs = Math.min(nowNs, child.heardNs + lateNs);
            }
        }
    }

    /** Kills what is due to be killed, looks at what is silent. */
    void supervise(long nowNs, Output<Void, GroomEffect> out) {
        for (Child child : tasks.children()) {
            if (child.endDueNs != Long.MAX_VALUE) {
                if (nowNs >= child.endDueNs) {
                    tasks.force(child, nowNs, out);
                }
            } else if (child.lookNs == Child.NO_LOOK && nowNs >= silentNs(child)) {
                child.lookNs = nowNs;
                out.effect(new GroomEffect.LookAtProcess(child.attempt(), nowNs));
            }
        }
    }

    /**
     * Judges a silent child by what its process was seen to be, unless it has spoken since. An answer that took longer than a
     * ping tells of a groom that was itself stopped meanwhile, with pings unread behind the answer: it is not judged by.
     */
    void processSeen(GroomEvent.ProcessSeen seen, long nowNs, Output<Void, GroomEffect> out) {
        Child child = tasks.child(seen.attempt());
        if (child == null || child.lookNs != seen.askedNs()) {
            return;
        }
        if (nowNs - seen.askedNs() > config.pingIntervalNs()) {
            // that the groom stood still is noticed, and counted, where every event is taken
            judgeNotBeforeNs = nowNs + config.pingIntervalNs();
        }
        child.lookNs = Child.NO_LOOK;
        if (child.endDueNs != Long.MAX_VALUE || nowNs < silentNs(child)) {
            return;
        }
        if (seen.look() == ProcessLook.GONE) {
            // Its exit is on the way and says why; what may be left of its group is killed should it stay out.
            tasks.expectExit(child, nowNs + config.pingTimeoutNs());
            return;
        }
        long silentMs = (nowNs - child.heardNs) / MILLI_NS;
        String what = child.hasAttached() ? "no ping for " : "not attached after ";
        Cause cause = Cause.of(
                CauseType.PING_TIMEOUT,
                what + silentMs + " ms, the process is " + seen.look().name().toLowerCase(Locale.ROOT));
        tasks.kill(seen.attempt(), true, cause, nowNs, out);
    }

    /** What the links of all children have refused since the groom began. */
    RefusedFrames refused() {
        return refused;
    }

    /** A ping tells where the child is. One that waits at a barrier is never blamed. */
    void progressed(Child child, AttemptProgress progress, long nowNs, Output<Void, GroomEffect> out) {
        RefusedFrames before = child.progress.refused();
        RefusedFrames told = progress.refused();
        // the links of a new generation count from 0
        refused = refused.plus(told.total() < before.total() ? told : told.since(before));
        child.progressed(progress, nowNs);
        long computedNs = child.computedNs(nowNs);
        if (child.progressNs > 0 && computedNs >= child.progressNs && nowNs >= judgeNotBeforeNs) {
            Cause cause = Cause.of(
                    CauseType.PING_TIMEOUT,
                    "no progress in superstep " + progress.superstep() + " for " + computedNs / MILLI_NS + " ms");
            tasks.kill(child.attempt(), true, cause, nowNs, out);
        }
    }

    long nextDeadlineNs() {
        long next = Long.MAX_VALUE;
        for (Child child : tasks.children()) {
            if (child.endDueNs != Long.MAX_VALUE) {
                next = Math.min(next, child.endDueNs);
            } else if (child.lookNs == Child.NO_LOOK) {
                next = Math.min(next, silentNs(child));
            }
        }
        return next;
    }

    private long silentNs(Child child) {
        long allowedNs = child.hasAttached() ? child.silenceNs : config.startAllowanceNs();
        return Math.max(child.heardNs + allowedNs, judgeNotBeforeNs);
    }
}
