package io.valiant.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.time.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many clusters on virtual time: master, grooms, children and clients by the classes that the daemons run. */
class ClusterSimulationTest {
    private static final int SEEDS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Test
    void everyInvariantHolds() {
        Sweep.Result result = new Sweep(1, SEEDS, PATIENCE, SystemClock.INSTANCE).run();
        assertHolds(result, "seeds 1 to " + SEEDS);
        assertThat(result.seeds()).as("seeds run in " + PATIENCE).isEqualTo(SEEDS);
    }

    @Test
    void seedsThatOnceFailedHold() throws IOException {
        for (long seed : regressionSeeds()) {
            Outcome outcome = Simulation.run(seed, 0);
            assertThat(outcome.violation()).as(outcome.describe()).isNull();
        }
    }

    private static void assertHolds(Sweep.Result result, String which) {
        System.out.println(which + ": " + SimulateMain.text(result));
        List<String> found = result.violations().stream().map(Outcome::describe).toList();
        found.forEach(System.out::println);
        assertThat(found).isEmpty();
    }

    private static List<Long> regressionSeeds() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ClusterSimulationTest.class.getResourceAsStream("regression-seeds.txt"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(Long::parseLong)
                    .toList();
        }
    }
}
