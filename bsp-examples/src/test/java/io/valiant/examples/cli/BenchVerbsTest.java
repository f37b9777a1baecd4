package io.valiant.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.examples.bench.ScatterBench;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Verbs of {@code bench}; jobs run in this JVM. What they measure is not judged. */
@Timeout(120)
class BenchVerbsTest {
    private static final Pattern DOCUMENTED = Pattern.compile("bin/bsp bench ([^|`#\\n]* --[^|`#\\n]*)");
    private static final List<String> FACTS =
            List.of("tasks", "transport", "l_us", "g_ns", "g_bulk_ns", "bulk_gb_s", "samples");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Shell shell() {
        return new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                configuration -> {
                    throw new AssertionError("a cluster is asked for");
                });
    }

    private CommandLine commands() {
        return (CommandLine) new BenchCommands().command(shell());
    }

    @ParameterizedTest
    @CsvSource({
        "barrier --samples 3, l_us",
        "barrier --samples 2 --tasks 1, l_us",
        "exchange --samples 1, g_ns g_bulk_ns bulk_gb_s",
        "exchange --samples 2 --writable, g_ns",
        "random --samples 1 --tasks 3, g_ns"
    })
    void whatIsMeasuredIsToldAndAllElseIsNull(String line, String measured) throws Exception {
        assertThat(commands().execute((line + " --local --json").split(" ")))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        JsonNode document = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(document.fieldNames()).toIterable().containsExactlyElementsOf(FACTS);
        assertThat(document.path("transport").asText()).isEqualTo("memory");
        assertThat(document.path("samples").asInt()).isPositive();
        for (String figure : FACTS.subList(2, 6)) {
            if (List.of(measured.split(" ")).contains(figure)) {
                assertThat(document.path(figure).asDouble()).as(figure).isPositive();
            } else {
                assertThat(document.path(figure).isNull()).as(figure).isTrue();
            }
        }
    }

    @Test
    void peopleReadOnlyWhatIsMeasured() {
        assertThat(commands().execute("barrier", "--samples", "4", "--local")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("2 tasks, memory, medians of 4 samples", "empty superstep: ")
                .doesNotContain(" ns", "GB/s");
    }

    @Test
    void lostMessagesAreAnError() {
        BenchVerb random = commands().getSubcommands().get("random").getCommand();
        Map<String, Long> counted = Map.of(ScatterBench.SENT, 7L, ScatterBench.RECEIVED, 6L);
        assertThatThrownBy(() -> random.verify(new TreeMap<>(counted)))
                .isInstanceOf(BspException.class)
                .hasMessage("7 messages were sent, but 6 received");
    }

    @Test
    void everyVerbIsDocumentedAndItsCommandIsOne() throws Exception {
        String page = Files.readString(Path.of("../docs/BENCHMARKS.md"));
        List<String> documented = DOCUMENTED
                .matcher(page)
                .results()
                .map(match -> match.group(1).strip())
                .toList();
        for (String verb : commands().getSubcommands().keySet()) {
            assertThat(documented).as(verb).anyMatch(command -> command.startsWith(verb + " "));
        }
        documented.forEach(command -> commands().parseArgs(command.split(" +")));
    }
}
