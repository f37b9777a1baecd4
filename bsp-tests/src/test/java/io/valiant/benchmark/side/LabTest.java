package io.valiant.benchmark.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that is told to end, without a cluster. */
@Timeout(60)
class LabTest {
    @TempDir
    private Path folder;

    private static Lab.Ran run(Lab lab, List<String> words) {
        try {
            return lab.process(words);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Test
    void whatRunsIsEndedAndGivesNoFigures() throws Exception {
        Lab lab = new Lab(folder, folder, new TreeMap<>());
        Path begun = folder.resolve("begun");
        CompletableFuture<Lab.Ran> ran = CompletableFuture.supplyAsync(
                () -> run(lab, List.of("sh", "-c", "touch " + begun + "; exec sleep 3600")));
        while (!Files.exists(begun)) {
            assertThat(ran).isNotDone();
            Thread.onSpinWait();
        }
        lab.close();
        assertThatThrownBy(ran::get).isInstanceOf(ExecutionException.class).hasMessageContaining("told to end");
    }

    @Test
    void nothingBeginsAfterwards() throws Exception {
        Lab lab = new Lab(folder, folder, new TreeMap<>());
        lab.close();
        Path made = folder.resolve("made");
        assertThatThrownBy(() -> lab.process(List.of("touch", made.toString()))).hasMessageContaining("told to end");
        assertThatThrownBy(() -> lab.make(List.of("touch", made.toString()))).hasMessageContaining("told to end");
        assertThatThrownBy(lab::ready).hasMessageContaining("told to end");
        assertThat(made).doesNotExist();
    }

    @Test
    void whatCannotBeMadeIsToldByItsCommand() {
        Lab lab = new Lab(folder, folder, new TreeMap<>());
        assertThatThrownBy(() -> lab.make(List.of("ls", folder.resolve("none").toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ls " + folder);
    }
}
