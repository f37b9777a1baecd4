package io.valiant.chaos.catalogue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A graph with the expected output of an algorithm, and how it is to be computed.
 *
 * @param graph its name, also that of its folder
 * @param folder holds {@code NAME.v}, {@code NAME.e}, {@code NAME.properties} and {@code NAME-ALGORITHM}, all but the properties
 *     perhaps with {@code .gz}
 * @param expected the expected output's file
 * @param tasks of the job
 * @param ids {@code long} or {@code text}
 */
record GraphCase(String graph, Path folder, Properties properties, Path expected, int tasks, String ids) {
    private static final List<Integer> TASKS = List.of(1, 2, 4, 6);

    /** The folder of graphs: the one that system property {@code graph.data} names, or {@code shared/data} beside the checkout. */
    static Optional<Path> data() {
        String told = System.getProperty("graph.data");
        if (told != null) {
            return Optional.of(Path.of(told)).filter(Files::isDirectory);
        }
        for (Path at = Path.of(System.getProperty("bsp.home", "")).toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolve("shared").resolve("data");
            if (Files.isRegularFile(data.resolve("validate.py"))) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }

    /** Every expected output under a folder with 1, 2, 4 and 6 tasks, with ids as numbers and as text in turns. */
    static List<GraphCase> all(Path data) {
        List<GraphCase> all = new ArrayList<>();
        for (Path vertices : files(data, ".*\\.v(\\.gz)?")) {
            Path folder = vertices.getParent();
            String graph = folder.getFileName().toString();
            if (!name(vertices).equals(graph + ".v")) {
                continue;
            }
            Properties properties = properties(folder.resolve(graph + ".properties"));
            for (Path expected : files(folder, ".*/" + graph + "-(BFS|CDLP|LCC|PR|PR-\\d+|SSSP|WCC)(\\.gz)?")) {
                for (int tasks : TASKS) {
                    String ids = all.size() / TASKS.size() % 2 == TASKS.indexOf(tasks) % 2 ? "long" : "text";
                    all.add(new GraphCase(graph, folder, properties, expected, tasks, ids));
                }
            }
        }
        return all;
    }

    private static List<Path> files(Path folder, String pattern) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties properties(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceAll("\\.gz$", "");
    }

    /** As {@code validate.py} calls it. */
    String algorithm() {
        return suffix().split("-", 2)[0];
    }

    /** How far a value may be off, where it is not the judge's own bound: PageRank of the larger graphs is exact to 1e-9. */
    Optional<String> epsilon() {
        return suffix().startsWith("PR-") ? Optional.of(property("pr.epsilon", "1e-9")) : Optional.empty();
    }

    private String suffix() {
        return name(expected).substring(graph.length() + 1);
    }

    private String property(String key, String otherwise) {
        return properties.getProperty("graph." + graph + "." + key, otherwise);
    }

    /** The command that computes it. */
    List<String> command(String job, Path output) {
        List<String> words = new ArrayList<>(List.of("graph", algorithm().toLowerCase(Locale.ROOT), "--id", job));
        words.addAll(List.of(
                "--vertices", file(".v").toString(), "--edges", file(".e").toString()));
        words.addAll(List.of("--output", output.toString(), "--tasks", "" + tasks, "--ids", ids));
        if (!Boolean.parseBoolean(property("directed", "true"))) {
            words.add("--undirected");
        }
        switch (algorithm()) {
            case "BFS" -> words.addAll(List.of("--source", property("bfs.source-vertex", "")));
            case "SSSP" -> words.addAll(List.of("--weighted", "--source", property("sssp.source-vertex", "")));
            case "CDLP" -> words.addAll(List.of("--iterations", property("cdlp.max-iterations", "10")));
            case "PR" -> {
                String told = suffix().contains("-") ? suffix().split("-", 2)[1] : property("pr.num-iterations", "");
                words.addAll(List.of("--iterations", told, "--damping", property("pr.damping-factor", "0.85")));
            }
            default -> {}
        }
        return words;
    }

    private Path file(String suffix) {
        Path plain = folder.resolve(graph + suffix);
        return Files.exists(plain) ? plain : folder.resolve(graph + suffix + ".gz");
    }

    @Override
    public String toString() {
        return name(expected) + " with " + tasks + " tasks and " + ids + " ids";
    }
}
