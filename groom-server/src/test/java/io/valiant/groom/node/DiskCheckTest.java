package io.valiant.groom.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderWithRoomHasNoProblem() {
        DiskState state = new DiskCheck(folder, 1).look();
        assertThat(state.problem()).isNull();
        assertThat(state.freeBytes()).isPositive();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tooLittleRoomIsToldWithBothNumbers() {
        DiskState state = new DiskCheck(folder, Long.MAX_VALUE).look();
        assertThat(state.writable()).isTrue();
        assertThat(state.problem()).contains("MiB free, bsp.groom.disk.min.free is");
    }

    @Test
    void whatCannotBeWrittenIsNotWritable() {
        DiskState state = new DiskCheck(folder.resolve("none"), 1).look();
        assertThat(state.writable()).isFalse();
        assertThat(state.problem()).contains("cannot be written");
    }
}
