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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitPlannerTest {
    private final SplitPlanner planner = new SplitPlanner(new FileStores(new TreeMap<>()));

    @TempDir
    private Path folder;

    @Test
    void rangesAreEqualContiguousAndWhole() throws Exception {
        write("a", 10);
        write("b", 1);
        write("c", 23);
        for (int tasks = 1; tasks <= 40; tasks++) {
            List<List<InputSplit>> plan = plan(folder.toString(), tasks);
            assertThat(plan).hasSize(tasks);
            List<String> bytes = new ArrayList<>();
            for (List<InputSplit> splits : plan) {
                long share = 0;
                for (InputSplit split : splits) {
                    share += split.length();
                    for (long i = 0; i < split.length(); i++) {
                        bytes.add(split.file().substring(split.file().length() - 1) + (split.offset() + i));
                    }
                }
                assertThat(share).isBetween(34L / tasks, 34L / tasks + 1);
            }
            List<String> expected = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                for (long i = 0; i < Files.size(folder.resolve(name)); i++) {
                    expected.add(name + i);
                }
            }
            assertThat(bytes).isEqualTo(expected);
        }
    }

    @Test
    void compressedFilesGoWholeAndOneToEachTask() throws Exception {
        for (int i = 0; i < 4; i++) {
            try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("part-" + i)))) {
                out.write(65 + i);
            }
        }
        List<List<InputSplit>> plan = plan(folder.toString(), 4);
        for (int i = 0; i < 4; i++) {
            assertThat(plan.get(i))
                    .containsExactly(new InputSplit("in", "file://" + folder.resolve("part-" + i), 0, -1));
        }
    }

    @Test
    void marksAndChecksumsInAFolderAreNotInput() throws Exception {
        write("part-0", 3);
        write("_SUCCESS", 0);
        write(".part-0.crc", 8);
        write("part-0.crc", 8);
        assertThat(plan(folder.toString(), 1).get(0)).hasSize(1);
    }

    @Test
    void severalPathsAreReadInTheirOrder() throws Exception {
        write("b", 2);
        write("a", 2);
        assertThat(plan(folder.resolve("b") + ", file:" + folder.resolve("a"), 1)
                        .get(0))
                .extracting(split -> split.file().substring(split.file().length() - 1))
                .containsExactly("b", "a");
    }

    @Test
    void whatCannotBeReadIsToldInOneLine() throws Exception {
        assertThatThrownBy(() -> plan(folder.resolve("none").toString(), 1))
                .isInstanceOf(BspException.class)
                .hasMessage("input 'in': " + folder.resolve("none") + " does not exist");
        assertThatThrownBy(() -> plan(folder.toString(), 1)).hasMessageContaining("holds no files");
        assertThatThrownBy(() -> plan(" , ", 1)).hasMessageContaining("names no file");
        Files.createDirectory(folder.resolve("sub"));
        assertThatThrownBy(() -> plan(folder.toString(), 1)).hasMessageContaining("holds the folder 'sub'");
        assertThatThrownBy(() -> plan("nosuch://host/x", 1)).hasMessageContaining("no file system for nosuch://host/x");
    }

    @Test
    void aPartThatIsMissingIsTold() throws Exception {
        write("part-00000", 3);
        write("part-00002", 3);
        JobInput parts = new JobInput("in", folder.toString(), JobInput.TEXT, JobInput.PARTS, false);
        assertThatThrownBy(() -> planner.plan(List.of(parts), 3)).hasMessageContaining("part 00001 is missing");
        write("part-00001", 0);
        assertThat(planner.plan(List.of(parts), 3)).hasSize(3);
        assertThatThrownBy(() -> planner.plan(List.of(parts), 2)).hasMessageContaining("has 3 parts for 2 tasks");
    }

    private List<List<InputSplit>> plan(String path, int tasks) throws BspException {
        return planner.plan(List.of(new JobInput("in", path, JobInput.TEXT)), tasks);
    }

    private void write(String name, int length) throws IOException {
        Files.write(folder.resolve(name), new byte[length]);
    }
}
