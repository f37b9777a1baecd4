package io.valiant.graph.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.GraphSettings;
import io.valiant.graph.fake.FakeJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The graphs that come with expected outputs, by the rules of their {@code validate.py}. */
class SharedGraphsTest {
    private static final List<Integer> TASKS = List.of(1, 2, 4, 6);
    /** The number of tasks with which ids that are numbers are tried as texts too. */
    private static final int TEXT_TASKS = 4;

    static Stream<Arguments> graphsAndTasks() {
        Optional<Path> data = SharedGraph.data();
        if (data.isEmpty()) {
            return Stream.of(Arguments.of(null, 0));
        }
        return SharedGraph.all(data.get()).stream()
                .flatMap(graph -> TASKS.stream().map(tasks -> Arguments.of(graph, tasks)));
    }

    @ParameterizedTest(name = "{0} with {1} tasks")
    @MethodSource("graphsAndTasks")
    void pageRankIsAsExpected(SharedGraph graph, int tasks) throws Exception {
        assumeThere(graph);
        for (String iterations : tasks == 1 ? List.of("", "20", "30") : List.of("", "30")) {
            Optional<SortedMap<String, String>> expected =
                    graph.expected(iterations.isEmpty() ? "PR" : "PR-" + iterations);
            if (expected.isPresent()) {
                FakeJob job = job(graph, tasks, PageRank.class)
                        .set(GraphSettings.DAMPING, graph.property("pr.damping-factor", "0.85"))
                        .set(
                                GraphSettings.ITERATIONS,
                                iterations.isEmpty() ? graph.property("pr.num-iterations", "30") : iterations);
                closeTo(expected.get(), job.run().values(), iterations.isEmpty() ? 1e-4 : 1e-9);
            }
        }
    }

    @ParameterizedTest(name = "{0} with {1} tasks")
    @MethodSource("graphsAndTasks")
    void breadthFirstSearchIsAsExpected(SharedGraph graph, int tasks) throws Exception {
        assumeThere(graph);
        Optional<SortedMap<String, String>> expected = graph.expected("BFS");
        if (expected.isPresent()) {
            FakeJob job = job(graph, tasks, BreadthFirstSearch.class)
                    .set(GraphSettings.SOURCE, graph.property("bfs.source-vertex", null));
            assertThat(job.run().values()).isEqualTo(expected.get());
            if (tasks == TEXT_TASKS) {
                assertThat(job.set(GraphSettings.IDS, "text").run().values()).isEqualTo(expected.get());
            }
        }
    }

    @ParameterizedTest(name = "{0} with {1} tasks")
    @MethodSource("graphsAndTasks")
    void componentsAreAsExpectedAndNamedByTheirSmallestIds(SharedGraph graph, int tasks) throws Exception {
        assumeThere(graph);
        Optional<SortedMap<String, String>> expected = graph.expected("WCC");
        if (expected.isPresent()) {
            FakeJob job = job(graph, tasks, ConnectedComponents.class);
            SortedMap<String, String> found = job.run().values();
            sameComponents(expected.get(), found);
            if (tasks == TEXT_TASKS) {
                assertThat(job.set(GraphSettings.IDS, "text").run().values()).isEqualTo(found);
            }
        }
    }

    @ParameterizedTest(name = "{0} with {1} tasks")
    @MethodSource("graphsAndTasks")
    void shortestPathsAreAsExpected(SharedGraph graph, int tasks) throws Exception {
        assumeThere(graph);
        Optional<SortedMap<String, String>> expected = graph.expected("SSSP");
        if (expected.isPresent()) {
            FakeJob job = job(graph, tasks, ShortestPaths.class)
                    .set(GraphSettings.WEIGHTED, true)
                    .set(GraphSettings.SOURCE, graph.property("sssp.source-vertex", null));
            closeTo(expected.get(), job.run().values(), 1e-4);
            if (tasks == TEXT_TASKS) {
                closeTo(expected.get(), job.set(GraphSettings.IDS, "text").run().values(), 1e-4);
            }
        }
    }

    @ParameterizedTest(name = "{0} with {1} tasks")
    @MethodSource("graphsAndTasks")
    void communitiesAreAsExpected(SharedGraph graph, int tasks) throws Exception {
        assumeThere(graph);
        Optional<SortedMap<String, String>> expected = graph.expected("CDLP");
        if (expected.isPresent()) {
            FakeJob job = job(graph, tasks, LabelPropagation.class)
                    .set(GraphSettings.ITERATIONS, graph.property("cdlp.max-iterations", "10"));
            assertThat(job.run().values()).isEqualTo(expected.get());
            if (tasks == TEXT_TASKS) {
                assertThat(job.set(GraphSettings.IDS, "text").run().values()).isEqualTo(expected.get());
            }
        }
    }

    @ParameterizedTest(name = "{0} with {1} tasks")
    @MethodSource("graphsAndTasks")
    void coefficientsAreAsExpected(SharedGraph graph, int tasks) throws Exception {
        assumeThere(graph);
        Optional<SortedMap<String, String>> expected = graph.expected("LCC");
        if (expected.isPresent()) {
            closeTo(
                    expected.get(),
                    job(graph, tasks, ClusteringCoefficient.class).run().values(),
                    1e-4);
        }
    }

    private static void assumeThere(SharedGraph graph) {
        Assumptions.assumeTrue(
                graph != null,
                "no graphs with expected outputs here: neither -Dgraph.data nor shared/data above the project");
    }

    private static FakeJob job(SharedGraph graph, int tasks, Class<?> program) {
        return FakeJob.of(program)
                .graph(graph.file(".v"), graph.file(".e"))
                .set(GraphSettings.DIRECTED, graph.directed())
                .tasks(tasks);
    }

    private static void closeTo(SortedMap<String, String> expected, SortedMap<String, String> found, double epsilon) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        List<String> differences = new ArrayList<>();
        expected.forEach((id, text) -> {
            double value = Double.parseDouble(text.equals("infinity") ? "Infinity" : text);
            double actual = Double.parseDouble(found.get(id));
            if (actual != value && !(Math.abs(actual - value) <= epsilon * Math.abs(value) && Double.isFinite(value))) {
                differences.add(id + ": expected " + text + ", found " + found.get(id));
            }
        });
        assertThat(differences).isEmpty();
    }

    private static void sameComponents(SortedMap<String, String> expected, SortedMap<String, String> found) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        SortedMap<String, String> forward = new TreeMap<>();
        SortedMap<String, String> backward = new TreeMap<>();
        SortedMap<String, Long> smallest = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        expected.forEach((id, label) -> {
            String actual = found.get(id);
            if (!forward.merge(label, actual, (old, now) -> old).equals(actual)
                    || !backward.merge(actual, label, (old, now) -> old).equals(label)) {
                differences.add(id + ": expected " + label + ", found " + actual);
            }
            smallest.merge(actual, Long.valueOf(id), Math::min);
        });
        assertThat(differences).isEmpty();
        smallest.forEach((label, id) -> assertThat(label).isEqualTo(id.toString()));
    }
}
