package io.valiant.benchmark.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What baselines print is understood; stand-ins of theirs print it. */
@Timeout(60)
class BaselinesTest {
    @TempDir
    private Path folder;

    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(folder, folder, new TreeMap<>());
    }

    private static List<String> printing(String first, String second) {
        return List.of("printf", "%s\\n%s\\n", first, second);
    }

    private static Sample run(Side side) throws IOException {
        Sample sample = new Sample();
        side.run(sample);
        return sample;
    }

    @Test
    void aProgramOfOneProcess() throws IOException {
        Sample sample = run(new BaselineSide(
                lab,
                "cost",
                printing(
                        "load ms=150 n=8 m=9",
                        "bfs csr_ms=7 med_ms=5.24 min_ms=5.00 reached=403 depth=4 Medges_per_s=1.0"),
                "med_ms"));
        assertThat(sample.wrong()).isEmpty();
        assertThat(sample.figures()).containsEntry("kernel_ms", 5.24).containsEntry("load_ms", 157.0);
        assertThat(sample.figures().get("whole_ms")).isPositive().isEqualTo(sample.wallMs());
        assertThat(sample.answers()).isEqualTo(Map.of("reached", "403", "depth", "4"));
    }

    @Test
    void ofSeveralProcessesTheSlowestCounts() throws IOException {
        Sample sample = run(new BaselineSide(
                lab,
                "jvm2",
                printing("jvm2 gather rank=0 load_ms=14 total_ms=1880", "jvm2 gather rank=1 load_ms=13 total_ms=1900"),
                "total_ms"));
        assertThat(sample.figures()).containsEntry("kernel_ms", 1900.0).containsEntry("load_ms", 14.0);
    }

    @Test
    void gapbsTellsSeconds() throws IOException {
        Sample sample = run(new GapbsSide(lab, printing("Read Time:           1.5", "Average Time:        0.75")));
        assertThat(sample.wrong()).isEmpty();
        assertThat(sample.figures()).containsEntry("kernel_ms", 750.0).containsEntry("load_ms", 1500.0);
    }

    @Test
    void limitsAreToldByName() throws IOException {
        Sample sample = run(new LimitsSide(
                lab,
                "netlimit",
                printing("tcp roundtrip16 us min=28.3 med=29.2 max=32.3", "memcpy min=1 med=4.08 max=5")));
        assertThat(sample.wrong()).isEmpty();
        assertThat(sample.figures()).containsEntry("tcp roundtrip16 us", 29.2).containsEntry("memcpy", 4.08);
        assertThat(run(new LimitsSide(lab, "netlimit", printing("nothing", "here")))
                        .wrong())
                .hasSize(1);
    }

    @Test
    void whatFailsOrSaysNothingIsWrong() throws IOException {
        assertThat(run(new BaselineSide(lab, "cost", List.of("false"), "med_ms"))
                        .wrong())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("false: exit 1");
        assertThat(run(new BaselineSide(lab, "cost", printing("load ms=1", "bfs"), "med_ms"))
                        .wrong())
                .hasSize(1);
        assertThat(run(new GapbsSide(lab, printing("Read Time: 1", "Trial Time: 2")))
                        .wrong())
                .hasSize(1);
    }

    @Test
    void whatIsNotThereIsNamedAndLeftOut() throws IOException {
        Baselines none = new Baselines(folder.resolve("none"), folder);
        assertThat(String.join(" ", none.absent()))
                .contains("generator", "cost", "jvm2", "netlimit", "gapbs", "giraph", "graphx", "hama");
        assertThat(none.single(lab, "cost", "pr", folder, "-", "total_ms")).isEmpty();
        assertThat(none.pair(lab, folder)).isEmpty();
        assertThat(none.gapbs(lab, "pr", folder)).isEmpty();
    }

    @Test
    void aProgramThatIsThereIsCompiledAndRun() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources/cost"));
        Files.writeString(
                sources.resolve("Cost.java"),
                "public class Cost { public static void main(String[] a) { System.out.println(a[0] + \" total_ms=\" + a[3]); } }");
        Baselines baselines = new Baselines(folder.resolve("sources"), folder);
        baselines.compile();
        assertThat(String.join(" ", baselines.absent()))
                .doesNotContain("single-threaded")
                .contains("jvm2");
        Side side = baselines.single(lab, "cost", "pr", folder, "-", "total_ms").orElseThrow();
        assertThat(run(side).figures()).containsEntry("kernel_ms", 20.0);
    }
}
