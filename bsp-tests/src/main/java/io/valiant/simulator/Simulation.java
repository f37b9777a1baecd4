package io.valiant.simulator;

import io.valiant.bsp.JobState;
import io.valiant.simulator.engine.Trace;
import java.util.Set;
import java.util.TreeMap;

/** Runs one seed: faults until the plan says so, then a quiet tail in which everything must end. */
public final class Simulation {
    private static final long SETTLE_NS = 100_000_000;
    private static final long MOST_EVENTS = 20_000_000;
    private static final int MOST_AT_ONCE = 20_000;

    private Simulation() {}

    /** Runs a seed with all its faults. */
    public static Outcome run(long seed, int lines) {
        return run(seed, lines, null);
    }

    /**
     * Runs a seed. Any thread; runs of different seeds share nothing.
     *
     * @param lines how many lines of trace to keep; 0 is fast
     * @param only keys of the faults that may happen; null for all
     */
    public static Outcome run(long seed, int lines, Set<String> only) {
        Plan plan = Plan.draw(seed);
        Trace trace = new Trace(lines);
        World world = new World(plan, trace, only);
        Violation violation = null;
        try {
            world.begin();
            live(world, plan);
        } catch (Violation e) {
            violation = e;
        }
        long succeeded = 0;
        for (SimClient client : world.clients()) {
            succeeded += client.end() == JobState.SUCCEEDED ? 1 : 0;
        }
        TreeMap<String, Long> counts = new TreeMap<>(world.oracle().counts());
        counts.put("jobs", (long) plan.jobs().size());
        counts.put("succeeded", succeeded);
        counts.put("faults", world.faults().count());
        return new Outcome(
                seed,
                violation,
                world.agenda().done(),
                world.agenda().nowNs(),
                trace.hash(),
                trace.lines(),
                world.faults().happened(),
                counts);
    }

    private static void live(World world, Plan plan) {
        runUntil(world, plan.faultsEndNs());
        QuietEnd end = new QuietEnd(world);
        settle(world, plan, end);
        end.judge();
        // Calls sent before the faults ended may still arrive; what they set off must end as well.
        runUntil(world, world.agenda().nowNs() + 2 * plan.times().intervals().expiryNs());
        settle(world, plan, end);
        end.judge();
    }

    private static void settle(World world, Plan plan, QuietEnd end) {
        long boundNs = world.agenda().nowNs() + plan.livenessBoundNs();
        while (end.whatIsLeft() != null) {
            if (world.agenda().nowNs() > boundNs) {
                throw new Violation(
                        "P1",
                        "not over " + plan.livenessBoundNs() / 1_000_000 + " ms after the last fault: "
                                + end.whatIsLeft());
            }
            runUntil(world, world.agenda().nowNs() + SETTLE_NS);
        }
    }

    private static void runUntil(World world, long untilNs) {
        boolean[] over = new boolean[1];
        world.agenda().after(untilNs - world.agenda().nowNs(), "until", () -> over[0] = true);
        long nowNs = world.agenda().nowNs();
        int atOnce = 0;
        while (!over[0]) {
            world.agenda().step();
            atOnce = world.agenda().nowNs() == nowNs ? atOnce + 1 : 0;
            nowNs = world.agenda().nowNs();
            if (atOnce > MOST_AT_ONCE || world.agenda().done() > MOST_EVENTS) {
                throw new Violation(
                        "P1",
                        atOnce + " events at one moment, " + world.agenda().done() + " in all: it turns in circles");
            }
        }
    }
}
