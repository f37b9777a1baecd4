package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands, daemons and children take their classes from the class-data archives, and the list of classes that these are made
 * of is still true: most of what is loaded is in them. {@code -Dclasses.write=true} writes the list anew.
 */
@Timeout(300)
class ArchivesIT {
    private static final double MOST = 0.9;
    private static final String SHARED = "source: shared objects file";

    /** Of what a spare plays; the two ways to tell of classes write dots or slashes. */
    private static final Pattern LAST_REHEARSED = Pattern.compile("algorithm[./]PageRank\\b");

    private static final List<String> ALGORITHMS = List.of("pr", "bfs", "wcc", "cdlp", "lcc", "sssp");

    @TempDir
    private Path folder;

    @Test
    void mostOfWhatIsLoadedIsMapped() throws IOException, InterruptedException {
        Assumptions.assumeFalse(Boolean.getBoolean("classes.write"), "the list of classes is being written");
        run("-Xlog:class+load:file=");
        try (Stream<Path> files = Files.list(folder.resolve("told"))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSizeGreaterThan(3);
            for (Path file : all) {
                List<String> loads = Files.readAllLines(file);
                long shared =
                        loads.stream().filter(line -> line.contains(SHARED)).count();
                assertThat((double) shared / loads.size())
                        .as(
                                "share of the archive in %s of %d classes; -Dclasses.write=true makes the list anew",
                                file, loads.size())
                        .isGreaterThan(MOST);
            }
        }
    }

    @Test
    void writesTheList() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Boolean.getBoolean("classes.write"), "only with -Dclasses.write=true");
        run("-Xshare:off -XX:DumpLoadedClassList=");
        Set<String> classes = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(folder.resolve("told"))) {
            for (Path file : files.sorted().toList()) {
                // not the comments, not what a loader of its own loaded, and not the numbers of this run
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("#") && !line.contains(" source:"))
                        .map(line -> line.replaceFirst(" id: \\d+.*", ""))
                        .forEach(classes::add);
            }
        }
        Path list = Path.of("src/main/archive/classes.txt");
        Files.createDirectories(list.getParent());
        Files.writeString(list, String.join("\n", classes) + "\n", StandardCharsets.UTF_8);
    }

    /** Daemons, commands and jobs of most kinds, each JVM with that option and a file of its own behind it. */
    private void run(String option) throws IOException, InterruptedException {
        Path told = Files.createDirectories(folder.resolve("told"));
        Map<String, String> environment = new TreeMap<>();
        environment.put("BSP_MASTER_OPTS", option + told.resolve("master"));
        environment.put("BSP_GROOM_OPTS", option + told.resolve("groom"));
        Commands daemons = new Commands(folder.resolve("c"), environment);
        // of these only spares, and jobs that take them
        String spares = "bsp.task.java.opts=" + option + told.resolve("spare-%p");
        daemons.startCluster("--grooms", "1", "--slots", "2", "-D", spares);
        try {
            await("a spare that has rehearsed")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> isTold(told, "spare-", LAST_REHEARSED));
            succeeds(command(told, option, "spare"), List.of("example", "pi", "--tasks", "1"));
            Path vertices = Files.writeString(folder.resolve("graph.v"), "1\n2\n3\n4\n");
            Path edges = Files.writeString(folder.resolve("graph.e"), "1 2 0.5\n2 3 1.5\n3 1 2\n3 4 1\n");
            List<List<String>> jobs = new ArrayList<>();
            jobs.add(List.of("example", "pi", "--tasks", "1"));
            jobs.add(List.of(
                    "example",
                    "ledger",
                    "--tasks",
                    "1",
                    "--ledger",
                    folder.resolve("ledger").toString()));
            for (String algorithm : ALGORITHMS) {
                jobs.add(List.of("graph", algorithm, "--tasks", "1"));
            }
            for (int job = 0; job < jobs.size(); job++) {
                List<String> words = new ArrayList<>(jobs.get(job));
                if (words.get(0).equals("graph")) {
                    words.addAll(List.of("--vertices", vertices.toString(), "--edges", edges.toString()));
                    words.addAll(List.of(
                            "--weighted",
                            "--output",
                            folder.resolve("out-" + job).toString()));
                }
                if (words.contains("bfs") || words.contains("sssp")) {
                    words.addAll(List.of("--source", "1"));
                }
                words.addAll(List.of("-D", "bsp.task.java.opts=" + option + told.resolve("child-" + job)));
                succeeds(command(told, option, words.get(1)), words);
            }
            for (List<String> words : List.of(
                    List.of("job", "list"),
                    List.of("groom", "list"),
                    List.of("cluster", "status", "--dir", folder.resolve("c").toString()))) {
                succeeds(command(told, option, String.join("-", words.subList(0, 2))), words);
            }
        } finally {
            assertThat(daemons.cluster("stop").code()).isZero();
        }
    }

    private static boolean isTold(Path told, String prefix, Pattern what) throws IOException {
        try (Stream<Path> files = Files.list(told)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(prefix)
                        && what.matcher(Files.readString(file)).find()) {
                    return true;
                }
            }
        }
        return false;
    }

    private Commands command(Path told, String option, String name) {
        return new Commands(folder.resolve("c"), Map.of("BSP_CLI_OPTS", option + told.resolve("command-" + name)));
    }

    private static void succeeds(Commands commands, List<String> words) throws IOException, InterruptedException {
        Commands.Said said = commands.bsp(words.toArray(String[]::new));
        assertThat(said.code()).as("%s: %s", words, said.err()).isZero();
    }
}
