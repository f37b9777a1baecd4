package io.valiant.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeterminismTest {
    private static final int SEEDS = 40;

    @TempDir
    Path folder;

    @Test
    void theSameSeedGivesTheSameTraceInTwoJvms() throws IOException, InterruptedException {
        String other = hashesOf("-XX:+UseParallelGC", "-XX:hashCode=2");
        String another = hashesOf("-XX:+UseSerialGC", "-Xint", "-XX:hashCode=0");

        String here = TraceHashes.of(1, SEEDS);
        assertThat(other).isEqualTo(here);
        assertThat(another).isNotEmpty();
        assertThat(here).startsWith(another);
    }

    @Test
    void differentSeedsGiveDifferentTraces() {
        assertThat(Simulation.run(1, 0).traceHash())
                .isNotEqualTo(Simulation.run(2, 0).traceHash());
    }

    @Test
    void listeningDoesNotChangeTheTrace() {
        assertThat(Simulation.run(3, 50).traceHash())
                .isEqualTo(Simulation.run(3, 0).traceHash());
    }

    private String hashesOf(String... options) throws IOException, InterruptedException {
        boolean interpreted = List.of(options).contains("-Xint");
        Path out = Files.createTempFile(folder, "hashes", ".txt");
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                TraceHashes.class.getName(),
                "1",
                Integer.toString(interpreted ? SEEDS / 10 : SEEDS)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the other JVM has ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
