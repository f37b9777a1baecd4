package io.valiant.chaos;

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

    private static RunLine line(int run, Result result, String... why) {
        return new RunLine("child.kill", run, result, List.of(why), new TreeMap<>(Map.of("next_attempt_ms", 1234L)), 5);
    }

    @Test
    void finishedRunsAreKnownAfterItIsOpenedAgain() throws IOException {
        Path file = folder.resolve("log");
        RunLog log = RunLog.open(file);
        log.add(line(0, Result.RIGHT));
        log.add(line(1, Result.WRONG, "a \"quoted\" reason", "another"));

        RunLog again = RunLog.open(file);
        assertThat(again.of("child.kill"))
                .containsExactly(line(0, Result.RIGHT), line(1, Result.WRONG, "a \"quoted\" reason", "another"));
        assertThat(again.has("child.kill", 1)).isTrue();
        assertThat(again.has("child.kill", 2)).isFalse();
        assertThat(again.has("child.freeze", 0)).isFalse();
    }

    @Test
    void whatWasSkippedIsTriedAgain() throws IOException {
        RunLog log = RunLog.open(folder.resolve("log"));
        log.add(line(0, Result.SKIPPED, "only root can"));
        assertThat(log.has("child.kill", 0)).isFalse();
    }

    @Test
    void aLineThatWasCutOffIsRunAgainAndTheNextIsWhole() throws IOException {
        Path file = folder.resolve("log");
        RunLog.open(file).add(line(0, Result.RIGHT));
        Files.writeString(file, line(1, Result.RIGHT).json().substring(0, 20), StandardOpenOption.APPEND);

        RunLog log = RunLog.open(file);
        assertThat(log.has("child.kill", 1)).isFalse();
        log.add(line(1, Result.RIGHT));
        assertThat(RunLog.open(file).of("child.kill")).hasSize(2);
    }
}
