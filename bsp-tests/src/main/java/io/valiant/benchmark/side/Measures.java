package io.valiant.benchmark.side;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.benchmark.graph.Edges;
import io.valiant.benchmark.graph.GraphFiles;
import io.valiant.benchmark.graph.Reference;
import io.valiant.benchmark.graph.Values;
import io.valiant.benchmark.side.Check.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All measures, each made when its turn comes: graphs are generated then, and right answers forgotten after. */
public final class Measures {
    /** The names that {@code --only} takes, in the order of running. */
    public static final List<String> NAMES =
            List.of("pagerank", "bfs", "wcc", "sssp", "road", "cdlp", "lcc", "bsp", "limits", "pi", "tasks");

    /** The name of our side. */
    public static final String OURS = "valiant";

    private static final int ITERATIONS = 20;
    private static final int TASKS = 2;

    /** Eight standard deviations of what two million darts say. */
    private static final double PI_ERROR = 0.01;

    private final Lab lab;
    private final Baselines baselines;
    private final Path data;

    /** @param data a folder of published graphs with right answers, which need not exist */
    public Measures(Lab lab, Baselines baselines, Path data) {
        this.lab = lab;
        this.baselines = baselines;
        this.data = data;
    }

    /** Makes a measure. */
    public interface Maker {
        Measure make() throws IOException;
    }

    /** The measures of a name; those of generated graphs once a scale. */
    public List<Maker> of(String name, List<Integer> scales) {
        return switch (name) {
            case "pagerank" -> each(scales, this::pageRank);
            case "bfs" -> each(scales, this::bfs);
            case "wcc" -> each(scales, this::wcc);
            case "sssp" -> each(scales, this::sssp);
            case "road" -> published("road-NY", this::road);
            case "cdlp" -> published("ego-twitter", () -> community("cdlp", "CDLP"));
            case "lcc" -> published("ego-twitter", () -> community("lcc", "LCC"));
            case "bsp" -> List.of(this::bsp);
            case "limits" -> List.of(() -> new Measure("limits", "", baselines.limits(lab)));
            case "pi" -> List.of(this::pi);
            case "tasks" -> each(List.of(middle(scales)), this::tasks);
            default ->
                throw new IllegalArgumentException("--only " + name + ": measures are " + String.join(", ", NAMES));
        };
    }

    /** Whether what that measure reads is there. */
    public boolean has(String name) {
        return switch (name) {
            case "road" -> Files.isDirectory(data.resolve("road-NY"));
            case "cdlp", "lcc" -> Files.isDirectory(data.resolve("ego-twitter"));
            default -> true;
        };
    }

    private interface Scaled {
        Measure make(GraphFiles graph) throws IOException;
    }

    private List<Maker> each(List<Integer> scales, Scaled scaled) {
        List<Maker> makers = new ArrayList<>();
        scales.forEach(scale -> makers.add(() -> scaled.make(baselines.graph(lab, scale))));
        return makers;
    }

    private List<Maker> published(String folder, Maker maker) {
        return Files.isDirectory(data.resolve(folder)) ? List.of(maker) : List.of();
    }

    private static int middle(List<Integer> scales) {
        return scales.contains(20) ? 20 : scales.get(0);
    }

    private static Reference reference(Path edges, GraphFiles graph) throws IOException {
        return new Reference(Edges.read(edges), graph.vertices());
    }

    private static List<String> words(String algorithm, GraphFiles graph, boolean weighted, int tasks, String... more) {
        List<String> words = new ArrayList<>(
                List.of("graph", algorithm, "--vertices", graph.vertexFile().toString()));
        words.add("--edges");
        words.add((weighted ? graph.weightedFile() : graph.edgeFile()).toString());
        if (weighted) {
            words.add("--weighted");
        }
        words.addAll(List.of("--tasks", "" + tasks));
        words.addAll(List.of(more));
        return words;
    }

    @SafeVarargs
    private static List<Side> sides(Side ours, Optional<Side>... others) {
        List<Side> sides = new ArrayList<>(List.of(ours));
        for (Optional<Side> other : others) {
            other.ifPresent(sides::add);
        }
        return sides;
    }

    private Side pageRank(String name, GraphFiles graph, int tasks, Answer answer) {
        List<String> words = words("pr", graph, false, tasks, "--iterations", "" + ITERATIONS);
        return new GraphSide(lab, name, words, Check.ranks(answer));
    }

    private Measure pageRank(GraphFiles graph) {
        Answer answer = new Answer(() -> reference(graph.edgeFile(), graph).pageRank(ITERATIONS));
        return new Measure(
                "pagerank",
                graph.name(),
                sides(
                        pageRank(OURS, graph, TASKS, answer),
                        baselines.single(lab, "cost", "pr", graph.edgeFile(), "-", "total_ms"),
                        baselines.pair(lab, graph.edgeFile()),
                        baselines.gapbs(lab, "pr", graph.edgeFile(), "-i", "" + ITERATIONS, "-t", "0")));
    }

    private Measure bfs(GraphFiles graph) {
        Answer answer = new Answer(() -> reference(graph.edgeFile(), graph).levels(graph.source()));
        String source = "" + graph.source();
        List<String> words = words("bfs", graph, false, TASKS, "--source", source);
        return new Measure(
                "bfs",
                graph.name(),
                sides(
                        new GraphSide(lab, OURS, words, Check.levels(answer)),
                        baselines.single(lab, "cost", "bfs", graph.edgeFile(), source, "med_ms"),
                        baselines.gapbs(lab, "bfs", graph.edgeFile(), "-r", source)));
    }

    private Side wcc(String name, GraphFiles graph, int tasks, Answer answer) {
        return new GraphSide(lab, name, words("wcc", graph, false, tasks), Check.components(answer));
    }

    private static Answer components(GraphFiles graph) {
        return new Answer(() -> reference(graph.edgeFile(), graph).components());
    }

    private Measure wcc(GraphFiles graph) {
        return new Measure(
                "wcc",
                graph.name(),
                sides(
                        wcc(OURS, graph, TASKS, components(graph)),
                        baselines.single(lab, "cost", "wcclp", graph.edgeFile(), "-", "total_ms"),
                        baselines.single(lab, "cost-union-find", "wccuf", graph.edgeFile(), "-", "med_ms"),
                        baselines.gapbs(lab, "cc", graph.edgeFile())));
    }

    private Measure sssp(GraphFiles graph) {
        Answer answer = new Answer(() -> reference(graph.weightedFile(), graph).distances(graph.source()));
        String source = "" + graph.source();
        List<String> words = words("sssp", graph, true, TASKS, "--source", source);
        return new Measure(
                "sssp",
                graph.name(),
                sides(
                        new GraphSide(lab, OURS, words, Check.distances(answer)),
                        baselines.single(lab, "cost", "sssp", graph.weightedFile(), source, "med_ms"),
                        baselines.gapbs(lab, "sssp", graph.weightedFile(), "-r", source, "-d", "32")));
    }

    private List<String> published(String graph, String algorithm, String... more) {
        Path folder = data.resolve(graph);
        List<String> words = new ArrayList<>(List.of("graph", algorithm, "--undirected", "--tasks", "" + TASKS));
        words.addAll(List.of("--vertices", folder.resolve(graph + ".v.gz").toString()));
        words.addAll(List.of("--edges", folder.resolve(graph + ".e.gz").toString()));
        words.addAll(List.of(more));
        return words;
    }

    /** The right answers that lie beside a published graph. */
    private Answer expected(String graph, String algorithm) {
        Path folder = data.resolve(graph);
        return new Answer(() -> {
            int ids = Integer.parseInt(property(folder.resolve(graph + ".properties"), "meta.vertices")) + 1;
            return Values.read(folder.resolve(graph + "-" + algorithm + ".gz"), ids)
                    .all();
        });
    }

    private static String property(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split("\\s*=\\s*", 2))
                .filter(words -> words.length == 2 && words[0].endsWith("." + name))
                .map(words -> words[1])
                .findFirst()
                .orElseThrow(() -> new IOException(file + " has no " + name));
    }

    private Measure road() throws IOException {
        Path edges = Baselines.bothWays(data.resolve("road-NY").resolve("road-NY.e.gz"), lab, "road-NY");
        return new Measure(
                "road",
                "road-NY",
                sides(
                        new GraphSide(
                                lab,
                                OURS,
                                published("road-NY", "bfs", "--source", "1"),
                                Check.levels(expected("road-NY", "BFS"))),
                        baselines.single(lab, "cost", "bfs", edges, "1", "med_ms")));
    }

    private Measure community(String algorithm, String expected) {
        Answer answer = expected("ego-twitter", expected);
        Check check = algorithm.equals("cdlp") ? Check.exact(answer, (found, into) -> {}) : Check.close(answer);
        return new Measure(
                algorithm,
                "ego-twitter",
                List.of(new GraphSide(lab, OURS, published("ego-twitter", algorithm), check)));
    }

    /** The parameters of the BSP cost model, through each transport. */
    private Measure bsp() {
        List<Side> sides = new ArrayList<>();
        for (String transport : List.of("tcp", "unix", "shm")) {
            sides.add(bench(List.of("l_us"), "barrier", transport, TASKS));
            sides.add(bench(List.of("g_ns", "g_bulk_ns", "bulk_gb_s"), "exchange", transport, TASKS));
            sides.add(bench(List.of("g_ns"), "exchange", transport, TASKS, "--writable"));
        }
        sides.add(bench(List.of("l_us"), "barrier", "tcp", 2 * TASKS));
        sides.add(bench(List.of("g_ns"), "random", "tcp", 2 * TASKS));
        return new Measure("bsp", "", sides);
    }

    private Side bench(List<String> figures, String verb, String transport, int tasks, String... more) {
        List<String> words = new ArrayList<>(List.of("bench", verb, "--tasks", "" + tasks, "--transport", transport));
        words.addAll(List.of(more));
        String name =
                verb + " " + transport + " " + tasks + String.join("", more).replace("--", " ");
        return new VerbSide(lab, name, words, figures, (document, into) -> {});
    }

    private Measure pi() {
        List<String> words = List.of("example", "pi", "--tasks", "" + TASKS);
        return new Measure("pi", "", List.of(new VerbSide(lab, OURS, words, List.of("pi"), Measures::checkPi)));
    }

    private static void checkPi(JsonNode document, Sample into) {
        double found = document.path("pi").asDouble();
        if (!(Math.abs(found - Math.PI) <= PI_ERROR)) {
            into.wrong("pi is told to be " + found);
        }
    }

    private Measure tasks(GraphFiles graph) {
        Answer ranks = new Answer(() -> reference(graph.edgeFile(), graph).pageRank(ITERATIONS));
        Answer labels = components(graph);
        List<Side> sides = new ArrayList<>();
        for (int tasks : new int[] {1, 2, 4, 8}) {
            sides.add(pageRank("pagerank " + tasks, graph, tasks, ranks));
            sides.add(wcc("wcc " + tasks, graph, tasks, labels));
        }
        return new Measure("tasks", graph.name(), sides);
    }
}
