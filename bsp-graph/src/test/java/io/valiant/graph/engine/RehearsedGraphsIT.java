package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.valiant.task.BspChildRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM that waits for an attempt plays of graph jobs. */
@Timeout(120)
class RehearsedGraphsIT {
    @TempDir
    private Path folder;

    @Test
    void aWaitingSpareHasLoadedAndSearchedAndRankedAGraph() throws Exception {
        // too deep for the names of sockets but by way of where it runs
        Path deep = folder.resolve("d".repeat(100));
        Path temporary = Files.createDirectories(deep.resolve("tmp"));
        Path work = Files.createDirectory(deep.resolve("work"));
        Path classes = folder.resolve("classes");
        Process spare = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Xlog:class+load:file=" + classes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BspChildRunner.class.getName(),
                        "spare"))
                .directory(work.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            Files.exists(classes) && Files.readString(classes).contains("RehearsedRanks$Third "));
            await().atMost(Duration.ofSeconds(60)).until(() -> isEmpty(temporary));
            assertThat(Files.readString(classes))
                    .as("all of a graph job but what only a restored one has")
                    .contains("engine.GraphRun ", "engine.LongLane ", "engine.DoubleLane ", "io.ResultLines ")
                    .contains("transport.SharedRing ", "algorithm.BreadthFirstSearch ")
                    .contains("algorithm.ConnectedComponents ", "algorithm.ShortestPaths ")
                    .contains("general.GeneralRun ", "general.EvenMessages ")
                    .contains("RehearsedRanks$First ", "RehearsedRanks$Second ", "RehearsedRanks$Third ");
            spare.getOutputStream().close();
            assertThat(spare.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(spare.exitValue()).isZero();
            assertThat(folder.resolve("stdout")).isEmptyFile();
            assertThat(folder.resolve("stderr")).isEmptyFile();
        } finally {
            spare.destroyForcibly();
        }
    }

    private static boolean isEmpty(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
