package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildFilesTest {
    @TempDir
    private Path folder;

    private ChildFiles files;
    private Path logs;

    @BeforeEach
    void make() throws Exception {
        files = ChildFiles.make(folder.resolve("child"));
        logs = Files.createDirectory(folder.resolve("logs"));
    }

    @Test
    void aCrashReportIsKeptWithTheLogs() throws Exception {
        files.keepCrash(logs);
        assertThat(logs).isEmptyDirectory();
        Files.writeString(files.crash(), "why");
        files.keepCrash(logs);
        assertThat(logs.resolve(files.crash().getFileName())).hasContent("why");
        assertThat(files.crash()).doesNotExist();
    }

    @Test
    void logsThatWereDeletedMeanwhileDoNotComeBack() throws Exception {
        Files.delete(logs);
        Files.writeString(files.crash(), "why");
        files.keepCrash(logs);
        assertThat(logs).doesNotExist();
    }
}
