package io.valiant.groom.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {
    @TempDir
    private Path folder;

    /** How often it was tried again to remove what was left. */
    private int removals;

    @Test
    void aFolderWithRoomHasNoProblem() {
        DiskState state = look(folder, 1);
        assertThat(state.problem()).isNull();
        assertThat(state.writable()).isTrue();
        assertThat(state.freeBytes()).isPositive();
        assertThat(folder).isEmptyDirectory();
        assertThat(removals).isEqualTo(1);
    }

    @Test
    void tooLittleRoomIsToldWithBothNumbers() {
        DiskState state = look(folder, Long.MAX_VALUE);
        assertThat(state.writable()).isTrue();
        assertThat(state.problem()).contains("MiB free, bsp.groom.disk.min.free is");
    }

    @Test
    void whatCannotBeWrittenIsNotWritable() throws Exception {
        Files.createDirectories(folder.resolve("local/.disk-check/in-the-way"));
        DiskState state = look(folder.resolve("local"), 1);
        assertThat(state.writable()).isFalse();
        assertThat(state.problem()).contains("cannot be written");
        assertThat(removals).as("nothing can be removed from it").isZero();
    }

    @Test
    void whatWasRemovedIsMadeAnewAndTheNextLookIsGood() {
        Path local = folder.resolve("local");
        DiskState state = look(local, 1);
        assertThat(state.writable()).as("what children had there is lost").isFalse();
        assertThat(state.problem()).endsWith("was removed, in whole or in part, and has been made anew");
        assertThat(look(local, 1).problem()).isNull();
    }

    @Test
    void whatCannotBeMadeAnewIsToldWithTheReason() throws Exception {
        Files.writeString(folder.resolve("local"), "a file where a folder was");
        DiskState state = look(folder.resolve("local"), 1);
        assertThat(state.writable()).isFalse();
        assertThat(state.problem()).contains("cannot be made anew: java.nio.file.FileAlreadyExistsException");
    }

    private DiskState look(Path local, long minFreeBytes) {
        CheckedFiles files = new CheckedFiles() {
            @Override
            public boolean isWhole() {
                return Files.isDirectory(local);
            }

            @Override
            public void makeAnew() throws IOException {
                Files.createDirectory(local);
            }

            @Override
            public void removeLeft() {
                removals++;
            }
        };
        return new DiskCheck(local, files, minFreeBytes).look();
    }
}
