package io.valiant.graph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.valiant.cli.Shell;
import io.valiant.graph.io.BinaryGraph;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GraphConvertTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private JsonNode converted(String vertices, String edges, String... more) throws Exception {
        Files.writeString(folder.resolve("v"), vertices);
        Files.writeString(folder.resolve("e"), edges);
        Shell shell =
                new Shell(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, folder, configuration -> {
                    throw new AssertionError("a cluster is asked for");
                });
        CommandLine commands = (CommandLine) new GraphCommands().command(shell);
        String line = "convert --vertices " + folder.resolve("v") + " --edges " + folder.resolve("e") + " --output "
                + folder.resolve("out") + " --json " + String.join(" ", more);
        assertThat(commands.execute(line.strip().split(" "))).isZero();
        return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }

    /** Small ids may be their own numbers, so the greatest of these says nothing of how many there are. */
    @Test
    void itTellsWhatIsInTheFile() throws Exception {
        JsonNode told = converted("5\n1000\n7\n", "5 1000\n7 5\n7 8\n", "--lenient");
        assertThat(told.path("vertices").asLong()).isEqualTo(3);
        assertThat(told.path("edges").asLong()).isEqualTo(2);
        assertThat(told.path("dropped_edges").asLong()).isEqualTo(1);
        try (BinaryGraph graph =
                BinaryGraph.open(Path.of(told.path("binary_file").asText()))) {
            assertThat(graph.vertices()).isEqualTo(3);
            assertThat(graph.edges()).isEqualTo(2);
        }
    }
}
