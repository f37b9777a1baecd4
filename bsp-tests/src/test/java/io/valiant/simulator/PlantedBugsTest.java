package io.valiant.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.simulator.planted.Bug;
import io.valiant.simulator.planted.Bugs;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each planted bug is found at the seed that is recorded for it, and the seed holds without the bug. */
class PlantedBugsTest {
    private final SortedMap<String, Long> seeds = Planted.recordedSeeds();

    @Test
    void eachPlantedBugIsFoundAtItsSeedAndNothingIsFoundThereWithoutIt() {
        TreeSet<String> notFound = new TreeSet<>();
        for (Bug bug : Bugs.table()) {
            Long seed = seeds.get(bug.name());
            assertThat(seed).as("recorded seed of " + bug.name()).isNotNull();
            Outcome without = Simulation.run(seed, 0);
            assertThat(without.violation()).as(without.describe()).isNull();
            if (Planted.runner(bug).run(seed, 0, null).violation() == null) {
                notFound.add(bug.name() + " at seed " + seed);
            }
        }
        assertThat(notFound)
                .as("if the simulator or a core has changed, look for them anew: bin/simulate --planted all"
                        + " > bsp-tests/src/main/resources/io/valiant/simulator/planted-seeds.txt")
                .isEmpty();
    }

    @Test
    void theTableHasAtLeastTwentyBugsWithNamesOfTheirOwn() {
        TreeSet<String> names = new TreeSet<>();
        Bugs.table().forEach(bug -> names.add(bug.name()));

        assertThat(names).hasSameSizeAs(Bugs.table()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(seeds.keySet()).isEqualTo(names);
    }
}
