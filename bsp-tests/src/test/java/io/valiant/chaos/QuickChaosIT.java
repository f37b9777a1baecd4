package io.valiant.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.valiant.chaos.catalogue.Catalogue;
import io.valiant.chaos.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quick scenarios of {@code bin/chaos}, a run each. Time-outs are three times the usual ones there, so that a machine
 * busy with a build takes nothing for a fault; times are told, not judged.
 */
@Tag("chaos")
@Timeout(600)
class QuickChaosIT {
    private static final List<String> QUICK = List.of(
            "child.kill",
            "child.freeze",
            "child.exit-zero",
            "child.exception-always",
            "child.kill-twice",
            "groom.kill",
            "groom.freeze",
            "master.kill",
            "master.kill-with-child",
            "submit.once",
            "links.loss");

    private static final int SLOWER = 3;

    @TempDir
    private static Path folder;

    private static Runner runner;

    @BeforeAll
    static void prepare() throws IOException {
        Path home = Path.of("").toAbsolutePath().getParent();
        runner = new Runner(home, folder.toRealPath(), Duration.ofSeconds(2), SLOWER);
    }

    @AfterAll
    static void nothingIsLeft() {
        assertThat(runner.end()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everythingHolds() {
        return Catalogue.of(QUICK).stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> holds(scenario)));
    }

    private static void holds(Scenario scenario) {
        RunLine line = runner.run(scenario, 0);
        System.out.println(line.text());
        assumeTrue(line.result() != Result.SKIPPED, () -> String.join("; ", line.why()));
        assertThat(line.why()).as(scenario.holds()).isEmpty();
    }
}
