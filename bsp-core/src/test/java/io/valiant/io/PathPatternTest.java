package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.protocol.InputSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    private final SplitPlanner planner = new SplitPlanner(new FileStores(new TreeMap<>()));

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : List.of(
                "2024/a.log",
                "2024/b.log",
                "2024/c.txt",
                "2025/a.log",
                "2025/.hidden.log",
                "2025/_SUCCESS",
                "x,y",
                "s*r")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "1\n");
        }
    }

    private List<String> names(String... paths) throws BspException {
        List<String> whole = new ArrayList<>();
        for (String path : paths) {
            whole.add(folder + "/" + path);
        }
        List<String> names = new ArrayList<>();
        for (List<InputSplit> splits : planner.plan(List.of(JobInput.of(String.join(",", whole))), 1)) {
            for (InputSplit split : splits) {
                names.add(split.file()
                        .substring(split.file().indexOf(folder.getFileName().toString())
                                + folder.getFileName().toString().length()
                                + 1));
            }
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/a.log | 2024/a.log 2025/a.log",
                "2024/*.log | 2024/a.log 2024/b.log",
                "2024/?.[lt]* | 2024/a.log 2024/b.log 2024/c.txt",
                "2024/[^a].* | 2024/b.log 2024/c.txt",
                "2024/{a,c}.* | 2024/a.log 2024/c.txt",
                "202{4,5}/b.log | 2024/b.log",
                "202[5-9] | 2025/a.log",
                "2024/ | 2024/a.log 2024/b.log 2024/c.txt",
                "2025/.* | 2025/.hidden.log",
                "2025/_* | 2025/_SUCCESS",
                "s*r | s*r",
                "s\\*r | s*r",
                "*[*]? | s*r"
            })
    void patternsNameFiles(String pattern, String expected) throws BspException {
        assertThat(names(pattern)).containsExactly(expected.split(" "));
    }

    @Test
    void aFileCountsOnceHoweverOftenItIsNamed() throws BspException {
        assertThat(names("2024/*", "2024/a.log", "202?", "2024"))
                .containsExactly("2024/a.log", "2024/b.log", "2024/c.txt", "2025/a.log");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024/*.gz | nothing is named as",
                "none/* | nothing is named as",
                "2024/none | does not exist",
                "2024/[ab | is not closed",
                "2024/a\\ | nothing follows",
                "2024/[z-a] | is no pattern of files"
            })
    void whatNamesNothingIsToldWithItsWords(String pattern, String message) {
        assertThatThrownBy(() -> names(pattern))
                .isInstanceOf(BspException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(pattern);
    }

    @Test
    void partsGoToTheTasksOfTheirNumbers() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        for (String name : List.of("part-00000", "part-00000-0001", "part-00002", "_SUCCESS")) {
            Files.writeString(out.resolve(name), "1\n");
        }
        JobInput parts = JobInput.of(out.toString()).partition(JobInput.PARTS);
        assertThatThrownBy(() -> planner.plan(List.of(parts), 3)).hasMessageContaining("part 00001 is missing");
        Files.createFile(out.resolve("part-00001"));
        List<List<InputSplit>> plan = planner.plan(List.of(parts), 3);
        assertThat(plan.get(0))
                .extracting(InputSplit::file)
                .satisfiesExactly(first -> assertThat(first).endsWith("part-00000"), second -> assertThat(second)
                        .endsWith("part-00000-0001"));
        assertThat(plan.get(1)).isEmpty();
        assertThat(plan.get(2)).extracting(InputSplit::length).containsExactly(-1L);
        assertThatThrownBy(() -> planner.plan(List.of(parts), 2)).hasMessageContaining("3 parts for 2 tasks");
        JobInput files = JobInput.of(folder + "/2024").partition(JobInput.PARTS);
        assertThat(planner.plan(List.of(files), 3))
                .allSatisfy(splits -> assertThat(splits).hasSize(1));
        assertThatThrownBy(() -> planner.plan(List.of(files), 4)).hasMessageContaining("3 parts for 4 tasks");
        Files.writeString(out.resolve("part-00003"), "");
        assertThat(planner.plan(List.of(parts), 4).get(3)).isEmpty();
    }
}
