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
    private static final int FIXED_SEEDS = 1_000;
    private static final Duration BUDGET = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @Test
    void everyInvariantHoldsInFixedAndInFreshSeeds() {
        long startNs = SystemClock.INSTANCE.nanoTime();
        Sweep.Result fixed = new Sweep(1, FIXED_SEEDS, PATIENCE, SystemClock.INSTANCE).run();
        assertHolds(fixed, "seeds 1 to " + FIXED_SEEDS);
        assertThat(fixed.seeds()).as("seeds run in " + PATIENCE).isEqualTo(FIXED_SEEDS);

        long leftNs = BUDGET.toNanos() - (SystemClock.INSTANCE.nanoTime() - startNs);
        if (leftNs > 0) {
            long first = SystemClock.INSTANCE.wallTime().toEpochMilli() * 1_000_000;
            Duration left = Duration.ofNanos(leftNs);
            assertHolds(
                    new Sweep(first, Long.MAX_VALUE, left, SystemClock.INSTANCE).run(), "fresh seeds from " + first);
        }
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
