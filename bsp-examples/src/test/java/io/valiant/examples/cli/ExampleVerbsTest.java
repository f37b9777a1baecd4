package io.valiant.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.cli.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Command lines of examples; jobs run in this JVM. */
@Timeout(120)
class ExampleVerbsTest {
    private static final Pattern DOCUMENTED = Pattern.compile("bin/bsp example ([^|`\\n]*)");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private CommandLine commands() {
        Shell shell = new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                configuration -> {
                    throw new AssertionError("a cluster is asked for");
                });
        return (CommandLine) new ExampleCommands().command(shell);
    }

    /** The exit code; what goes wrong is printed as one line. */
    private int run(String line) {
        return commands()
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    new PrintStream(err, true, StandardCharsets.UTF_8).println(e.getMessage());
                    return 1;
                })
                .execute(line.replace("DIR", folder.toString()).split(" "));
    }

    private void graph() throws IOException {
        Files.writeString(folder.resolve("g.v"), "1\n2\n3\n4\n5\n");
        Files.writeString(folder.resolve("g.e"), "1 2 1\n2 3 1\n3 1 1\n3 4 1\n4 5 1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pagerank --iterations 3 | 1 0.",
                "sssp --weighted --source 1 | 4 3.0",
                "components | 5 1",
                "in-links | 4 1",
                "k-core --undirected --k 2 | 1 2",
                "semi-clustering --undirected --iterations 2 | 5 "
            })
    void graphExamples(String line, String shown) throws Exception {
        graph();
        assertThat(run(line + " --vertices DIR/g.v --edges DIR/g.e --local --tasks 2 --output DIR/out"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n" + shown).contains("output: ");
        assertThat(folder.resolve("out/_SUCCESS")).exists();
    }

    @Test
    void bipartiteMatching() throws Exception {
        Files.writeString(folder.resolve("pairs"), "ann\tred blue\nbob\tred\nred\nblue\n");
        assertThat(run("bipartite-matching --adjacency DIR/pairs --local --tasks 2"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\nann blue\n", "\nbob red\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "points | k-means --input IN --k 2 | 1\t",
                "linear | gradient-descent --input IN --iterations 5 | loss\t",
                "logistic | gradient-descent --input IN --loss logistic | w2\t",
                "ratings | collaborative-filtering --ratings IN --factors 2 | u1",
                "words | sample-sort --input IN | … 10 more lines",
                "matrix | sparse-matrix-vector --matrix IN --vector DIR/x | 2\t"
            })
    void examplesOnRandomData(String kind, String line, String shown) throws Exception {
        Files.writeString(folder.resolve("x"), "0 1\n1 2\n");
        assertThat(run("random-data --local --tasks 2 --rows 20 --columns 2 --output DIR/in --kind " + kind))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        out.reset();
        assertThat(run(line.replace("IN", "DIR/in") + " --local --tasks 2"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n" + shown.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pi --darts 100 | \"pi\":3.",
                "ledger --supersteps 3 | \"hash\":\"",
                "random-bench --messages 5 | \"messages\":160",
                "random-data --rows 7 | \"lines\":7"
            })
    void asJson(String line, String fact) {
        assertThat(run(line + " --local --tasks 2 --json"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"state\":\"SUCCEEDED\"")
                .contains(fact);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pi --darts 0 | --darts 0 is not a positive number",
                "pi --input DIR/x | --input: this example does not read it",
                "pagerank | needs one graph: --vertices F and --edges F, or --adjacency F",
                "pagerank --vertices a | needs one graph",
                "pagerank --adjacency a --iterations 0 | --iterations 0 is not a positive number",
                "sssp --adjacency a | needs --source ID",
                "k-core --adjacency a --k 0 | a core has vertices of at least 1 edge",
                "semi-clustering --adjacency a --members 1 | has room for at least 2",
                "k-means | this example needs --input F: points",
                "k-means --input a --k 0 | --k 0 --iterations 100: both are at least 1",
                "gradient-descent --input a --loss square | 'square' is neither linear nor logistic",
                "gradient-descent --input a --rate -1 | both are above 0",
                "collaborative-filtering | needs --ratings F",
                "collaborative-filtering --ratings a --lambda 0 | all are above 0",
                "sparse-matrix-vector --matrix a | needs --matrix F and --vector F",
                "sample-sort | this example needs --input F",
                "random-bench --bytes 7 | 8 bytes",
                "random-data --kind none | --kind 'none' is none",
                "random-data --rows 0 | both are at least 1"
            })
    void whatIsWrongIsToldInOneLine(String line, String told) {
        assertThat(run(line + " --local")).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8).strip()).contains(told).doesNotContain("\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --json"})
    void theListNamesAllExamples(String line) {
        assertThat(run(line)).isZero();
        String list = out.toString(StandardCharsets.UTF_8);
        assertThat(names()).hasSize(16).allSatisfy(name -> assertThat(list).contains(name));
    }

    private List<String> names() {
        return commands().getSubcommands().keySet().stream()
                .filter(name -> !name.equals("list"))
                .toList();
    }

    @Test
    void everyExampleIsDocumentedAndItsCommandIsOne() throws Exception {
        String page = Files.readString(Path.of("../docs/examples.md"));
        List<String> documented = DOCUMENTED
                .matcher(page)
                .results()
                .map(match -> match.group(1).strip())
                .filter(command -> !command.startsWith("list") && !command.startsWith("NAME"))
                .toList();
        for (String name : names()) {
            assertThat(documented).as(name).anyMatch(command -> command.startsWith(name + " "));
        }
        documented.forEach(command -> commands().parseArgs(command.split(" ")));
        commands().getSubcommands().forEach((name, verb) -> {
            Command annotation = verb.getCommand().getClass().getAnnotation(Command.class);
            String example = annotation.footer()[2].strip();
            Matcher matcher = Pattern.compile("bsp example (.*)").matcher(example);
            assertThat(matcher.matches()).as(example).isTrue();
            commands().parseArgs(matcher.group(1).split(" "));
        });
    }
}
