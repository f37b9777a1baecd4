package io.valiant.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.time.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Many clusters on virtual time: master, grooms, children and clients by the classes that the daemons run. */
class ClusterSimulationTest {
    private static final int SEEDS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Of a tree's name; so many hexadecimal digits make a long that is not negative. */
    private static final int SEED_DIGITS = 15;

    private static final Duration FRESH = Duration.ofMinutes(2);

    @Test
    void everyInvariantHolds() {
        Sweep.Result result = new Sweep(1, SEEDS, PATIENCE, SystemClock.INSTANCE).run();
        assertHolds(result, "seeds 1 to " + SEEDS);
        assertThat(result.seeds()).as("seeds run in " + PATIENCE).isEqualTo(SEEDS);
    }

    /**
     * Seeds that no run had before this state of the sources, and the same ones whenever it is built again: what fails here
     * fails again. Where git cannot tell the state they are others in each run.
     */
    @Test
    void freshSeedsHold() throws IOException, InterruptedException {
        long first = freshSeed();
        Sweep.Result result = new Sweep(first, Integer.MAX_VALUE, FRESH, SystemClock.INSTANCE).run();
        assertHolds(result, "fresh seeds from " + first);
        assertThat(result.seeds()).as("seeds run in " + FRESH).isPositive();
    }

    private static long freshSeed() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "rev-parse", "--verify", "HEAD^{tree}")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String tree = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (git.waitFor() == 0 && tree.matches("[0-9a-f]{40,64}")) {
            return Long.parseLong(tree.substring(0, SEED_DIGITS), 16);
        }
        return ThreadLocalRandom.current().nextLong(1L << 60);
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
