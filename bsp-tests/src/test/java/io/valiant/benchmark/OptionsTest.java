package io.valiant.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.benchmark.side.Measures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options parse(String... args) {
        return Options.parse(args);
    }

    @Test
    void everythingCanBeChosen() {
        Options options = parse(
                "--only",
                "sssp,bfs",
                "--scale",
                "20,18,20",
                "--runs",
                "3",
                "--tries",
                "7",
                "--work",
                "/tmp/w",
                "-D",
                "bsp.task.memory=2g");
        assertThat(options.only()).isEqualTo(List.of("bfs", "sssp"));
        assertThat(options.scales()).isEqualTo(List.of(18, 20));
        assertThat(options.runs()).isEqualTo(3);
        assertThat(options.tries()).isEqualTo(7);
        assertThat(options.work()).isEqualTo(Path.of("/tmp/w"));
        assertThat(options.keys()).isEqualTo(Map.of("bsp.task.memory", "2g"));
        assertThat(options.report()).isFalse();
    }

    @Test
    void withoutOptionsAllIsMeasured() {
        assertThat(parse().only()).isEqualTo(Measures.NAMES);
        assertThat(parse().scales()).isEqualTo(List.of(18, 20, 22));
        assertThat(parse().page()).isNull();
        assertThat(parse("--report").report()).isTrue();
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        for (String[] args : new String[][] {
            {"--ruins", "5"},
            {"--runs"},
            {"--runs", "0"},
            {"--scale", "18,big"},
            {"--scale", "25"},
            {"--only", "pagerank,luck"},
            {"-D", "memory=1g"},
            {"-D", "bsp.task.memory"},
        }) {
            assertThatThrownBy(() -> parse(args))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(args[0])
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void everyOptionIsInTheHelp() {
        for (String option :
                List.of("--only", "--scale", "--runs", "--work", "--log", "--peers", "--data", "--quiet", "--tries")) {
            assertThat(Options.USAGE).contains(option);
        }
        assertThat(Options.USAGE)
                .contains("--page", "--report", "-D", "--micro")
                .contains(Measures.NAMES);
    }
}
