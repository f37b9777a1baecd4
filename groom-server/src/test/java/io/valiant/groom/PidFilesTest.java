package io.valiant.groom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {
    @TempDir
    Path folder;

    @Test
    void filesOfThisProcessAreRemoved() throws Exception {
        PidFiles files = new PidFiles(Optional.of(folder));
        files.writePid();
        files.writeReady("ready");
        files.remove();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void filesOfAnotherProcessStay() throws Exception {
        PidFiles files = new PidFiles(Optional.of(folder));
        files.writeReady("ready");
        Files.writeString(folder.resolve("groom.pid"), "1\n");
        files.remove();
        assertThat(folder.resolve("groom.pid")).hasContent("1");
        assertThat(folder.resolve("groom.ready")).hasContent("ready");
    }
}
