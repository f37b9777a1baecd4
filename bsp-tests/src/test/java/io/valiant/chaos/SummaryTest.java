package io.valiant.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.chaos.scenario.Described;
import io.valiant.chaos.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private static final String FIGURE = "next_attempt_ms";

    @TempDir
    private Path folder;

    private RunLog log(long... figures) throws IOException {
        RunLog log = RunLog.open(folder.resolve("log"));
        int run = 0;
        for (long figure : figures) {
            log.add(new RunLine("a.b", run++, Result.RIGHT, List.of(), new TreeMap<>(Map.of(FIGURE, figure)), 1));
        }
        return log;
    }

    private static Described scenario(int percentile) {
        return Described.scenario("a.b", "does").limit(FIGURE, percentile, 2_000);
    }

    private static Summary summary(Scenario scenario, RunLog log, boolean withTimes) {
        return new Summary(List.of(scenario), log, List.of(), withTimes);
    }

    @Test
    void aPercentileIsTheLeastValueThatSoManyDoNotExceed() {
        List<Long> hundred = LongStream.rangeClosed(1, 100).boxed().toList();
        assertThat(Summary.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Summary.percentile(hundred, 100)).isEqualTo(100);
        assertThat(Summary.percentile(hundred, 50)).isEqualTo(50);
        assertThat(Summary.percentile(List.of(7L), 50)).isEqualTo(7);
    }

    @Test
    void aWrongRunIsAViolation() throws IOException {
        RunLog log = log(10);
        log.add(new RunLine("a.b", 1, Result.WRONG, List.of("no hash"), new TreeMap<>(), 1));
        Summary summary = summary(scenario(100), log, true);
        assertThat(summary.isRight()).isFalse();
        assertThat(summary.text()).contains("violation: a.b 1: no hash");
    }

    @Test
    void aBoundThatIsPassedIsToldAndIsAViolationOnlyWhereTimesAreJudged() throws IOException {
        RunLog log = log(10, 2_001);
        Summary told = summary(scenario(100), log, true);
        assertThat(told.isRight()).isTrue();
        assertThat(told.text()).contains("late: a.b: next_attempt_ms is 2001 ms");
        assertThat(summary(scenario(100).judgesTheTimes(), log, true).isRight()).isFalse();
        assertThat(summary(scenario(100).judgesTheTimes(), log, false).isRight())
                .isTrue();
        assertThat(summary(scenario(50).judgesTheTimes(), log, true).isRight()).isTrue();
    }

    @Test
    void whatAClusterLeftIsAViolation() throws IOException {
        Summary summary = new Summary(List.of(scenario(100)), log(10), List.of("process 7"), true);
        assertThat(summary.isRight()).isFalse();
    }

    @Test
    void whatWasSkippedIsNoViolationAndTellsWhy() throws IOException {
        RunLog log = RunLog.open(folder.resolve("log"));
        log.add(new RunLine("a.b", 0, Result.SKIPPED, List.of("only root can"), new TreeMap<>(), 1));
        Summary summary = summary(scenario(100), log, true);
        assertThat(summary.isRight()).isTrue();
        assertThat(summary.json(3)).contains("\"skipped\":1").contains("only root can");
    }
}
