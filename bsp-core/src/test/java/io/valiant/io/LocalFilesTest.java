package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    @TempDir
    private Path folder;

    private static void write(FileStore.Sink sink, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.write(bytes, 0, bytes.length);
    }

    @Test
    void aFileIsWrittenOnBehindWhatWasForced() throws Exception {
        Path file = folder.resolve("a");
        try (FileStore.Sink sink = LocalFiles.INSTANCE.create(file.toString())) {
            write(sink, "forced");
            sink.force();
            write(sink, ", lost");
        }
        FileStore.Resumed resumed = LocalFiles.INSTANCE.resume(file.toString(), 6);
        assertThat(resumed.position()).isEqualTo(6);
        try (FileStore.Sink sink = resumed.sink()) {
            write(sink, " on");
        }
        assertThat(file).hasContent("forced on");
    }

    @Test
    void aFileThatIsGoneOrTooShortIsNotWrittenOnButLookedForAgain() throws Exception {
        Path file = folder.resolve("a");
        assertThatThrownBy(() -> LocalFiles.INSTANCE.resume(file.toString(), 0)).isInstanceOf(StorageException.class);
        Files.writeString(file, "forc");
        assertThatThrownBy(() -> LocalFiles.INSTANCE.resume(file.toString(), 6))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("4 bytes, 6 were forced");
        assertThat(file).hasContent("forc");
    }
}
