package io.valiant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.JobState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Verbs with bad input: one clear line on stderr, nothing on stdout, the right exit code, nothing submitted. Each module has
 * a table of its own verbs, and one that is added has to be added there.
 */
public abstract class BadInputCases {
    final FakeCluster cluster = new FakeCluster();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    /** The exit code, then the words; {@code %} stands for a folder, {@code $} for a file that is a jar by name. */
    protected abstract List<String> table();

    /** Whether the table has to have that verb, given with its noun. */
    protected abstract boolean isOurs(String verb);

    final Shell shell() {
        out.reset();
        err.reset();
        return new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                configuration -> cluster);
    }

    /** A command line may name the folder with the configuration; the next must not find it. */
    @AfterEach
    final void forgetConfiguration() {
        System.clearProperty("bsp.conf.dir");
    }

    @TestFactory
    final Stream<DynamicTest> isToldInOneLine() {
        return table().stream().map(line -> DynamicTest.dynamicTest(line, () -> isToldInOneLine(line)));
    }

    private void isToldInOneLine(String line) throws IOException {
        cluster.jobs.put("j", FakeCluster.status("j", JobState.RUNNING, null));
        cluster.jobs.put("ended", FakeCluster.status("ended", JobState.SUCCEEDED, null));
        String jar = Files.writeString(folder.resolve("a.jar"), "no jar").toString();
        String[] words = line.replace("%", folder.toString()).replace("$", jar).split(" ");
        int code = BspMain.run(shell(), Arrays.copyOfRange(words, 1, words.length));
        String told = err.toString(StandardCharsets.UTF_8);
        assertThat(code).as(told).isEqualTo(Integer.parseInt(words[0]));
        assertThat(told.lines()).as(told).hasSize(1);
        assertThat(told).doesNotContain("internal error").doesNotContain("Exception");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(cluster.submitted).isEmpty();
    }

    private static void verbs(String path, CommandLine command, List<String> into) {
        for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
            String name = path + sub.getKey();
            if (sub.getValue().getSubcommands().isEmpty()) {
                into.add(name);
            }
            verbs(name + " ", sub.getValue(), into);
        }
    }

    private List<String> verbs() {
        List<String> verbs = new ArrayList<>();
        verbs("", BspMain.whole(shell()), verbs);
        verbs.removeIf(verb -> !isOurs(verb));
        assertThat(verbs).isNotEmpty();
        return verbs;
    }

    @Test
    final void everyVerbIsInTheTable() {
        TreeSet<String> missing = new TreeSet<>();
        for (String verb : verbs()) {
            if (table().stream().noneMatch(line -> (line.substring(2) + " ").startsWith(verb + " "))) {
                missing.add(verb);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    final void everyVerbHasHelpWithAnExample() {
        for (String verb : verbs()) {
            String[] words = (verb + " --help").split(" ");
            assertThat(BspMain.run(shell(), words)).as(verb).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .as(verb)
                    .contains("Usage: bsp " + words[0])
                    .contains("Example:");
        }
    }
}
