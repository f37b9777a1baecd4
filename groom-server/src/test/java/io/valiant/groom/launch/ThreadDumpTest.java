package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the command that asks a child, by one of the test's own in its place. */
class ThreadDumpTest {
    private static final ProcessName CHILD = new ProcessName(1L << 30, 1, "tag");

    @TempDir
    Path jdk;

    @TempDir
    Path answers;

    private Path pid;

    @BeforeEach
    void name() {
        pid = jdk.resolve("pid");
    }

    private Path java(String script) throws Exception {
        Path jcmd = Files.writeString(jdk.resolve("jcmd"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(jcmd, PosixFilePermissions.fromString("rwx------"));
        return jdk.resolve("java");
    }

    @Test
    void whatTheCommandSaysIsTheDump() throws Exception {
        assertThat(ThreadDump.of(java("echo \"$@\""), CHILD, answers)).isEqualTo(CHILD.pid() + " Thread.print -l\n");
        assertThatThrownBy(() -> ThreadDump.of(java("echo no such process; exit 1"), CHILD, answers))
                .hasMessageContaining("no such process");
        assertThat(answers).isEmptyDirectory();
    }

    @Test
    void anInterruptEndsTheCommandToo() throws Exception {
        Path java = java("echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 600");
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<String> dump = worker.submit(() -> ThreadDump.of(java, CHILD, answers));
            await().until(() -> Files.exists(pid));
            worker.shutdownNow();
            assertThatThrownBy(dump::get).hasCauseInstanceOf(InterruptedException.class);
        } finally {
            worker.shutdownNow();
        }
        long command = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> ProcessStat.of(command).map(ProcessStat::isGone).orElse(true));
        assertThat(answers).isEmptyDirectory();
    }
}
