package io.valiant.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.benchmark.log.RunLine;
import io.valiant.benchmark.log.RunLog;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.ProcessScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/benchmark} on a tiny graph of our own, without baselines: what it says is right, not how fast it was. */
@Timeout(300)
class BenchmarkIT {
    private static final long LIMIT_S = 250;

    @TempDir
    private Path folder;

    private Outcome benchmark(String... arguments) throws IOException {
        Path home = Path.of("").toAbsolutePath().getParent();
        List<String> words =
                new ArrayList<>(List.of(home.resolve("bin/benchmark").toString()));
        words.addAll(List.of(
                "--work", folder.toString(), "--peers", folder.resolve("none").toString()));
        words.addAll(List.of(arguments));
        return Command.run(words, LIMIT_S);
    }

    @Test
    void everyAnswerIsCheckedAndNoRunIsMadeTwice() throws IOException {
        String[] all = {"--only", "pagerank,bfs,wcc,sssp,pi", "--scale", "8", "--runs", "1", "--quiet", "0"};
        Outcome outcome = benchmark(all);
        assertThat(outcome.code()).as(outcome.told()).isZero();
        assertThat(outcome.err()).contains("left out: cost, the single-threaded baseline");
        assertThat(outcome.out()).contains("No run was wrong.");
        List<RunLine> lines = RunLog.open(folder.resolve("benchmark.log")).lines();
        assertThat(lines)
                .extracting(RunLine::key)
                .containsExactly(
                        "pagerank/own-r8/valiant/0",
                        "bfs/own-r8/valiant/0",
                        "wcc/own-r8/valiant/0",
                        "sssp/own-r8/valiant/0",
                        "pi//valiant/0");
        assertThat(lines.get(0).figures())
                .containsKeys("kernel_ms", "whole_ms", "load_ms")
                .hasEntrySatisfying(
                        "max_relative_error", error -> assertThat(error).isLessThan(1e-9));
        // of children that live shorter than it is looked for them nothing is known
        assertThat(lines).anySatisfy(line -> assertThat(line.figures())
                .hasEntrySatisfying("peak_mib", peak -> assertThat(peak).isGreaterThan(10)));
        assertThat(lines.get(1).answers()).containsKeys("reached", "depth");

        assertThat(benchmark(all).code()).isZero();
        assertThat(RunLog.open(folder.resolve("benchmark.log")).lines()).hasSize(5);
        assertThat(ProcessScan.of(folder)).as("processes left").isEmpty();
    }

    @Test
    void wrongUsageIsToldInOneLine() throws IOException {
        Outcome outcome = benchmark("--only", "luck");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1).first().asString().contains("--only luck", "pagerank");
        assertThat(Files.exists(folder.resolve("benchmark.log"))).isFalse();
    }
}
