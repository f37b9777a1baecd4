package io.valiant.bsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ConsoleProgress progress(boolean terminal, long iterations) {
        return progress(terminal ? 200 : 0, iterations);
    }

    private ConsoleProgress progress(int columns, long iterations) {
        return new ConsoleProgress(new PrintStream(out, true, StandardCharsets.UTF_8), columns, false, iterations);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JobStatus running(long superstep) {
        return new JobStatus(
                "j",
                "n",
                "graph",
                "u",
                JobState.RUNNING,
                null,
                null,
                null,
                null,
                2,
                superstep,
                1,
                0,
                null,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>(),
                List.of());
    }

    private static SuperstepStatus step(long superstep, Long active) {
        return new SuperstepStatus(superstep, 1, Instant.EPOCH, 1800, 200, 340, 1, null, 0, active, 3, 1.5);
    }

    @Test
    void theNewestSuperstepIsShownOnATerminal() {
        ConsoleProgress progress = progress(true, Progress.UNKNOWN_ITERATIONS);
        assertThat(progress.wantedSupersteps()).isEqualTo(1);
        progress.update(running(7), List.of(step(6, 12L)));
        assertThat(shown()).isEqualTo("\rj RUNNING  superstep 7  active 12  messages 340  slowest task 3 (1800 ms)");
    }

    @Test
    void whatRemainsIsShownWhereIterationsAreKnown() {
        ConsoleProgress progress = progress(true, 10);
        assertThat(progress.wantedSupersteps()).isEqualTo(Integer.MAX_VALUE);
        progress.update(running(5), List.of(step(3, null), step(4, 9L), step(5, 9L)));
        // superstep 4 was the program's first: of 10 iterations 9 are left, 2 s each
        assertThat(shown()).endsWith("about 18 s left");
        assertThat(progress.wantedSupersteps()).isEqualTo(1);
    }

    @Test
    void aLineIsNoWiderThanTheTerminal() {
        ConsoleProgress progress = progress(20, Progress.UNKNOWN_ITERATIONS);
        progress.update(running(7), List.of(step(6, 12L)));
        assertThat(shown()).isEqualTo("\rj RUNNING  superst…");
        out.reset();
        // what it would say beyond the edge is no reason to write it again
        progress.update(running(7), List.of(step(6, 13L)));
        assertThat(shown()).isEmpty();
    }

    @Test
    void elsewhereOnlyStatesAreTold() {
        ConsoleProgress progress = progress(false, 10);
        assertThat(progress.wantedSupersteps()).isZero();
        progress.update(running(5), List.of(step(5, 9L)));
        progress.update(running(6), List.of(step(6, 9L)));
        assertThat(shown()).isEqualTo("j RUNNING" + System.lineSeparator());
    }
}
