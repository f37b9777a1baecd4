package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.Exit;
import io.valiant.protocol.LogStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a child ended, by its launcher's code and what is on the disk. */
class ChildEndsTest {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("job_c_1"), 0, 1);
    private static final long DISK_MS = 50;

    /** No process has that number, nor a group. */
    private static final ProcessName GONE = new ProcessName(1L << 30, 1, "tag");

    @TempDir
    private Path folder;

    private LogStore logs;
    private ChildFiles files;
    private ChildEnds ends;

    @BeforeEach
    void open() throws Exception {
        logs = new LogStore(folder.resolve("logs"));
        files = ChildFiles.make(folder.resolve("files"));
        ends = new ChildEnds(logs, Runnable::run, DISK_MS);
    }

    private Exit exit(int code) throws Exception {
        return ends.of(ATTEMPT, GONE, files, code).exit();
    }

    @Test
    void aCodeOfAShellIsAnExitCodeOrASignal() throws Exception {
        assertThat(exit(0)).isEqualTo(new Exit(0, null));
        assertThat(exit(128)).isEqualTo(new Exit(128, null));
        assertThat(exit(137)).isEqualTo(new Exit(null, "SIGKILL"));
    }

    @Test
    void whatTheJvmItselfEndedWithIsNoSignal() throws Exception {
        Files.createFile(files.mark());
        assertThat(exit(143)).isEqualTo(new Exit(143, null));
    }

    @Test
    void aJvmWithoutMemorySaysSo() throws Exception {
        Path log = logs.attemptFolder(ATTEMPT).resolve(LogStream.STDOUT.label());
        Files.writeString(log, "Terminating due to java.lang.OutOfMemoryError: Java heap space\n");
        assertThat(ends.of(ATTEMPT, GONE, files, 3)).isEqualTo(new ChildEnds.End(new Exit(3, null), true));
    }

    @Test
    void aDiskThatSaysNothingIsNotWaitedFor() throws Exception {
        ChildEnds hanging = new ChildEnds(logs, question -> {}, DISK_MS);
        assertThat(hanging.of(ATTEMPT, GONE, files, 3)).isEqualTo(new ChildEnds.End(new Exit(3, null), false));
        assertThat(hanging.of(ATTEMPT, GONE, files, 143).exit()).isEqualTo(new Exit(null, "SIGTERM"));
        assertThat(hanging.whyNotStarted(ATTEMPT)).isEqualTo("its launcher ended at once");
    }
}
