package io.valiant.benchmark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.benchmark.log.RunLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    @TempDir
    private Path folder;

    private static RunLine line(String input, String side, int run, double kernelMs, String... wrong) {
        return new RunLine(
                "pagerank",
                input,
                side,
                run,
                new TreeMap<>(Map.of("kernel_ms", kernelMs, "edges", 16e6)),
                new TreeMap<>(),
                List.of(wrong),
                new RunLine.Conditions(run, 10, run, 1 + run, "2026-01-02T03:04:05Z", "abc1234", "a machine", 2));
    }

    private static Page page() {
        List<RunLine> lines = new ArrayList<>();
        double[] ours = {1000, 3000, 1200};
        double[] theirs = {2000, 3000, 1500};
        for (int run = 0; run < 3; run++) {
            lines.add(line("r20", "valiant", run, ours[run]));
            lines.add(line("r20", "cost", run, theirs[run]));
        }
        lines.add(line("r20", "valiant", 3, 1, "vertex 3 has 5.0, not 4.0"));
        lines.add(line("r8", "valiant", 0, 3200));
        return new Page(lines, List.of("giraph (absent)", "cost, which has run elsewhere"));
    }

    @Test
    void aRatioIsTheMedianOfThoseOfEachTurn() {
        assertThat(page().text())
                .contains("| PageRank, 20 iterations, iterations only | r20 | 1,200 [1,000 .. 3,000] | cost "
                        + "| 2,000 [1,500 .. 3,000] | 0.80 [0.50 .. 1.00] | ≤ 1.00 / ≤ 0.60 | must |");
    }

    @Test
    void whatWasLeftOutOrWrongIsNamed() {
        assertThat(page().text())
                .contains("Left out: giraph (absent).")
                .contains("- pagerank/r20/valiant/3: vertex 3 has 5.0, not 4.0");
    }

    private static RunLine figure(String measure, String side, int run, String figure, double value) {
        return new RunLine(
                measure,
                "",
                side,
                run,
                new TreeMap<>(Map.of(figure, value)),
                new TreeMap<>(),
                List.of(),
                new RunLine.Conditions(0, 0, 1, 1, "2026-01-02T03:04:05Z", "abc1234", "a machine", 2));
    }

    @Test
    void limitsGoWithWhatTheMachineCanDo() {
        List<RunLine> lines = new ArrayList<>();
        lines.add(figure("bsp", "exchange tcp 2", 0, "bulk_gb_s", 0.5));
        lines.add(figure("bsp", "exchange tcp 2", 1, "bulk_gb_s", 0.75));
        assertThat(new Page(lines, List.of()).text()).doesNotContain("Beside what the machine can do");
        lines.add(figure("limits", "netlimit", 0, "tcp both-ways chunk=262144 MB/s each way", 970));
        assertThat(new Page(lines, List.of()).text())
                .contains("| arrays, each way while both send, tcp, GB/s | 0.63 [0.50 .. 0.75] | TCP, both ways "
                        + "| 0.97 (n = 1) | 1.93 | 0.64 [0.52 .. 0.77] | ≥ 0.62 / ≥ 0.88 | must |");
    }

    @Test
    void noiseIsTold() {
        assertThat(page().text())
                .contains("| pagerank r20 | 7 | 1.00 [0.00 .. 3.00] |")
                .containsPattern("pagerank r20 .* \\| 9 \\|\n");
    }

    @Test
    void anEdgeIsComparedWithThatOfScale20() {
        assertThat(page().text())
                .contains("| r8 | 1.6e+07 | 10.0 (n = 1) | 2.67 | ≤ 1.50 / ≤ 1.30 | **missed** |")
                .containsSubsequence("| r8 |", "| r20 | 1.6e+07 | 3.75 [3.13 .. 9.38] | 1.00 |");
    }

    @Test
    void onlyWhatIsBetweenTheMarkersIsWritten() throws Exception {
        Path file = Files.writeString(
                folder.resolve("page.md"),
                "before\n<!-- benchmark: begin -->\nstale\n<!-- benchmark: end -->\nafter\n");
        page().write(file);
        assertThat(Files.readString(file))
                .startsWith("before\n<!-- benchmark: begin -->\nMachine: a machine.")
                .endsWith("\n<!-- benchmark: end -->\nafter\n")
                .contains("![Beside the baselines](images/benchmark-ratios.svg)")
                .doesNotContain("stale");
        for (String image : List.of("benchmark-ratios.svg", "benchmark-edges.svg")) {
            Path svg = folder.resolve("images").resolve(image);
            assertThat(Files.readString(svg)).contains("prefers-color-scheme:dark");
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(svg.toFile())
                            .getElementsByTagName("rect")
                            .getLength())
                    .isPositive();
        }
    }

    @Test
    void aPageWithoutMarkersIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("page.md"), "text\n");
        assertThatThrownBy(() -> page().write(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("begin");
        assertThat(Files.readString(file)).isEqualTo("text\n");
    }

    @Test
    void limitsMayBeLeastOrMost() {
        assertThat(Limit.most(2, 1).verdict(1)).isEqualTo("goal");
        assertThat(Limit.most(2, 1).verdict(1.5)).isEqualTo("must");
        assertThat(Limit.most(2, 1).verdict(2.5)).isEqualTo("**missed**");
        assertThat(Limit.least(1.2, 1.7).verdict(1.3)).isEqualTo("must");
        assertThat(Limit.least(1.2, 1.7).verdict(1.1)).isEqualTo("**missed**");
        assertThat(Limit.least(1.2, 1.7).verdict(Double.NaN)).isEqualTo("not measured");
    }
}
