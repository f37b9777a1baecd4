package io.valiant.simulator;

import io.valiant.master.core.MasterRecord;
import java.util.Arrays;
import java.util.TreeMap;

/** I5: who arrives at a barrier and passes it, and when. I4: who holds, or has to, passes none. */
final class BarrierRules {
    private final World world;
    private final TreeMap<String, Barrier> barriers = new TreeMap<>();

    /** When grooms' incarnations were declared LOST. */
    private final TreeMap<String, Long> lostNs = new TreeMap<>();

    BarrierRules(World world) {
        this.world = world;
    }

    /** Who has come how far in one generation of a job. */
    private static final class Barrier {
        private final long[] arrived;
        private final long[] passed;

        private Barrier(int tasks, long firstSuperstep) {
            arrived = new long[tasks];
            passed = new long[tasks];
            Arrays.fill(arrived, firstSuperstep - 1);
            Arrays.fill(passed, firstSuperstep - 1);
        }
    }

    /** A groom is LOST in the store. */
    void lost(MasterRecord.Groom groom) {
        lostNs.putIfAbsent(
                groom.id() + " i" + groom.incarnation(), world.agenda().nowNs());
    }

    /** A task's program has arrived at the barrier that ends that superstep. */
    void arrived(SimChild child, long superstep) {
        Barrier barrier = barrier(child);
        int task = child.attempt().task();
        if (superstep != barrier.arrived[task] + 1 || superstep != barrier.passed[task] + 1) {
            throw new Violation("I5", child.attempt() + " arrives at " + superstep + " after " + barrier.arrived[task]);
        }
        barrier.arrived[task] = superstep;
    }

    /** I4: who was told to hold passes no barrier and closes nothing. */
    void goesOn(SimChild child, String what) {
        if (child.isToldToHold()) {
            throw new Violation("I4", child.attempt() + " " + what + " though its groom told it to hold");
        }
    }

    /** I5: a task passes a barrier only if all of its generation have arrived there. */
    void passed(SimChild child, long superstep) {
        goesOn(child, "passes a barrier");
        holdsInTime(child);
        Barrier barrier = barrier(child);
        int task = child.attempt().task();
        for (int other = 0; other < barrier.arrived.length; other++) {
            if (barrier.arrived[other] < superstep) {
                throw new Violation(
                        "I5",
                        child.attempt() + " passes barrier " + superstep + " while task " + other
                                + " has only arrived at " + barrier.arrived[other]);
            }
            if (Math.abs(barrier.passed[other] - superstep) > 1) {
                throw new Violation(
                        "I5",
                        child.attempt() + " passes barrier " + superstep + ", task " + other + " passed "
                                + barrier.passed[other] + ": two supersteps apart");
            }
        }
        barrier.passed[task] = superstep;
    }

    /**
     * I4: when a groom is declared LOST its children pass no barrier any more, since it holds by then, or they have missed it
     * and are gone. A process that was frozen meanwhile, or did not hear the other, is fenced by its receivers only.
     */
    private void holdsInTime(SimChild child) {
        MasterRecord.Attempt row = (MasterRecord.Attempt) world.row(child.attempt());
        Long lost = row == null ? null : lostNs.get(row.groom() + " i" + row.incarnation());
        if (lost == null || world.plan().faults().containsKey(Plan.Fault.HALF_OPEN_REPORT)) {
            return;
        }
        long sinceNs = lost - 2 * world.plan().times().intervals().expiryNs();
        boolean steady = child.awakeSinceNs() <= lost
                && child.groom().isAlive()
                && !child.groom().isFrozen()
                && child.groom().awakeSinceNs() <= Math.max(0, sinceNs);
        if (steady) {
            throw new Violation(
                    "I4",
                    child.attempt() + " passes a barrier " + (world.agenda().nowNs() - lost) / 1_000_000
                            + " ms after its groom was declared LOST");
        }
    }

    private Barrier barrier(SimChild child) {
        return barriers.computeIfAbsent(
                child.attempt().job() + " g" + child.generation(),
                key -> new Barrier(child.taskCount(), child.firstSuperstep()));
    }
}
