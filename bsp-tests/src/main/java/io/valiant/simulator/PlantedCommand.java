package io.valiant.simulator;

import io.valiant.simulator.planted.Bug;
import io.valiant.simulator.planted.Bugs;
import io.valiant.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code bin/simulate --planted list} and {@code --planted all}. */
final class PlantedCommand {
    private PlantedCommand() {}

    /** Shows the table: what is wrong, what is changed, the seed at which it was found. */
    static void list() {
        Map<String, Long> seeds = Planted.recordedSeeds();
        for (Bug bug : Bugs.table()) {
            Long seed = seeds.get(bug.name());
            System.out.println(bug.name() + ": " + bug.what());
            System.out.println("    " + bug.change());
            System.out.println("    " + (seed == null ? "not found yet" : "found at seed " + seed));
        }
    }

    /** Looks for bugs anew; prints lines of {@code planted-seeds.txt}. Whether all were found. */
    static boolean find(List<Bug> bugs, long first, long seeds, Duration budget, Clock clock) {
        boolean all = true;
        System.out.println("# The seed at which each planted bug is found. Written by: bin/simulate --planted all");
        for (Bug bug : bugs) {
            List<Outcome> found = new Sweep(Planted.runner(bug), first, seeds, budget, clock)
                    .stopAfter(1)
                    .run()
                    .violations();
            if (found.isEmpty()) {
                all = false;
                System.err.println(bug.name() + " is not found in seeds " + first + " to " + (first + seeds - 1));
            } else {
                System.out.println(bug.name() + " " + found.get(0).seed());
                System.err.println(bug.name() + " " + found.get(0).describe());
            }
        }
        return all;
    }
}
