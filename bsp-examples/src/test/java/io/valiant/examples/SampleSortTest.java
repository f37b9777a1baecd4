package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.BspTest;
import io.valiant.bsp.TestRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSortTest {
    @TempDir
    private Path folder;

    @Test
    void partsAreInOrderOneBehindTheOther() throws Exception {
        List<String> words = new ArrayList<>(BspTest.run(BspJob.of(RandomData.class)
                        .set(RandomData.KIND, "words")
                        .set(RandomData.ROWS, 400))
                .lines());
        words.addAll(List.of("same", "same", "same", "", "zzzzzzzzzzzzzz", "é"));
        String file = TestFiles.write(folder, "words", words);
        List<String> sorted = words.stream().sorted().toList();
        for (int tasks = 1; tasks <= 4; tasks++) {
            TestRun run = BspTest.of(BspJob.of(SampleSort.class).input(file).tasks(tasks))
                    .anyOrder()
                    .runSteady(2);
            assertThat(run.lines()).isEqualTo(sorted);
            int fair = words.size() / tasks;
            assertThat(run.outputs()).allSatisfy(part -> assertThat(part).hasSizeBetween(fair / 3, 2 * fair));
        }
    }

    @Test
    void fewerLinesThanTasks() throws Exception {
        String file = TestFiles.write(folder, "one", List.of("alone"));
        assertThat(BspTest.run(BspJob.of(SampleSort.class).input(file).tasks(3)).lines())
                .containsExactly("alone");
    }
}
