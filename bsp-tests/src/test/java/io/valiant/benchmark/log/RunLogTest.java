package io.valiant.benchmark.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    @TempDir
    private Path folder;

    private static RunLine line(int run, String... wrong) {
        return new RunLine(
                "bfs",
                "r20",
                "valiant",
                run,
                new TreeMap<>(Map.of("kernel_ms", 12.25)),
                new TreeMap<>(Map.of("reached", "545959")),
                List.of(wrong),
                new RunLine.Conditions(1.5, 2.25, 0.125, 3, "2026-01-02T03:04:05Z", "abc1234+", "a machine", 4));
    }

    @Test
    void finishedRunsAreKnownAfterItIsOpenedAgain() throws IOException {
        Path file = folder.resolve("log");
        RunLog log = RunLog.open(file);
        log.add(line(0));
        log.add(line(1, "a \"quoted\" reason"));

        RunLog again = RunLog.open(file);
        assertThat(again.lines()).containsExactly(line(0), line(1, "a \"quoted\" reason"));
        assertThat(again.has("bfs", "r20", "valiant", 1)).isTrue();
        assertThat(again.has("bfs", "r20", "valiant", 2)).isFalse();
        assertThat(again.has("bfs", "r18", "valiant", 1)).isFalse();
        assertThat(again.has("bfs", "r20", "cost", 1)).isFalse();
    }

    @Test
    void linesFromBeforeMachinesWereNotedAreRead() throws IOException {
        String before = line(0).json().replaceFirst(",\"machine\".*", "}");
        RunLine.Conditions conditions = RunLine.parse(before).conditions();
        assertThat(conditions.machine()).isEqualTo("one that was not noted");
        assertThat(conditions.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void aLineThatWasCutOffIsRunAgain() throws IOException {
        Path file = folder.resolve("log");
        RunLog.open(file).add(line(0));
        Files.writeString(file, line(1).json().substring(0, 20), StandardOpenOption.APPEND);

        RunLog log = RunLog.open(file);
        assertThat(log.has("bfs", "r20", "valiant", 1)).isFalse();
        log.add(line(1));
        assertThat(RunLog.open(file).lines()).hasSize(2);
    }
}
