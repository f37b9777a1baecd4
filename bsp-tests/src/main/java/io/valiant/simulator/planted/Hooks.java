package io.valiant.simulator.planted;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.id.GroomId;
import io.valiant.master.core.Turn;
import io.valiant.master.groom.GroomManager;
import io.valiant.master.recovery.RecoveryPlan;
import io.valiant.master.recovery.RecoveryPlanner;
import io.valiant.protocol.Directive;
import io.valiant.protocol.Exit;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.JobSpec;
import java.util.Comparator;
import java.util.List;

/** What planted bugs do where a constant is not enough. Called by rewritten code only. */
public final class Hooks {
    private Hooks() {}

    /** Directs, and counts the slot of an attempt that is to be killed as free at once. */
    public static long directAndRelease(GroomManager grooms, GroomId groom, Directive directive) {
        if (directive instanceof Directive.KillAttempt kill) {
            grooms.release(groom, grooms.incarnation(groom), kill.attempt());
        }
        return grooms.direct(groom, directive);
    }

    /** Directs all but launches of a generation after the first; those get a number and go nowhere. */
    public static long directFirstLaunches(GroomManager grooms, GroomId groom, Directive directive) {
        boolean recovery = directive instanceof Directive.LaunchTask launch
                && launch.assignment().generation() > 1;
        return recovery ? Long.MAX_VALUE : grooms.direct(groom, directive);
    }

    /** Each failure counts twice. */
    public static RecoveryPlan afterChargedTwice(RecoveryPlanner planner, int failures, int maxAttempts) {
        return planner.afterCharged(2 * failures, maxAttempts);
    }

    /** Nothing is read from a code. */
    public static Cause plainExit(Exit exit, boolean outOfMemory, boolean attached) {
        return Cause.of(
                outOfMemory ? CauseType.OUT_OF_MEMORY : CauseType.EXIT, "ended, attached " + attached + ", " + exit);
    }

    /** Wall time taken for monotonic time. */
    public static long wallNs(Turn turn) {
        return turn.wall().toEpochMilli() * 1_000_000;
    }

    /** One time-out taken for another. */
    public static long expiryNs(Intervals intervals) {
        return intervals.expiryNs();
    }

    /** The submission as it came. */
    public static JobSpec withoutKey(JobSpec spec, String key) {
        return key.isEmpty() ? spec.withIdempotencyKey(key) : spec;
    }

    /** Lowest priority first. */
    public static <T> void sortBackwards(List<T> list, Comparator<T> order) {
        list.sort(order.reversed());
    }
}
