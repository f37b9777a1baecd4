package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.ChildHandover;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process in the place of a JVM and its launcher that does not do what a JVM does. */
@Timeout(60)
class ChildJvmIT {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("job_c_1"), 0, 1);
    private static final long READ_MS = 50;

    @TempDir
    private Path folder;

    private final ExecutorService writer = Executors.newCachedThreadPool();
    private Process process;

    @AfterEach
    void close() throws Exception {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        writer.shutdownNow();
    }

    private ChildJvm jvm(String... command) throws Exception {
        process = new ProcessBuilder(command).start();
        return new ChildJvm("tag", ChildFiles.make(folder), process, new EarlyLog(), new EarlyLog(), READ_MS);
    }

    private static ChildHandover handover(int bytes) {
        return new ChildHandover(
                "unix:/nowhere",
                ATTEMPT,
                "token",
                "127.0.0.1",
                PeerTransport.TCP,
                "",
                "/work",
                "/spill",
                "/mark",
                1,
                1,
                1,
                0.5,
                1,
                1,
                CheckpointTimes.NONE,
                new TreeMap<>(Map.of("fs.long", "x".repeat(bytes))));
    }

    @Test
    void aSpareThatDoesNotReadIsGivenUp() throws Exception {
        ChildJvm jvm = jvm("sleep", "1000");
        ChildProcess child = new ChildProcess(ATTEMPT);
        // more than a pipe holds
        assertThatThrownBy(() -> jvm.handOver(handover(256 << 10), child, null, null, writer))
                .hasMessageContaining("has not read what it was handed");
        process.destroyForcibly().waitFor();
        assertThat(jvm.ended()).as("whom it served").isNull();
    }

    @Test
    void oneThatHasNotToldItsPidIsKilledThroughItsLauncher() throws Exception {
        ChildJvm jvm = jvm("sh", "-c", "sleep 1000 & wait $!; exit 7");
        while (process.descendants().findAny().isEmpty()) {
            Thread.onSpinWait();
        }
        jvm.signal(ProcessGroups.KILL);
        assertThat(process.waitFor()).isEqualTo(7);
    }
}
