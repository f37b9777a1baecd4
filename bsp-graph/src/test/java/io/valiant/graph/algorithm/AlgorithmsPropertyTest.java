package io.valiant.graph.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.valiant.graph.GraphSettings;
import io.valiant.graph.fake.FakeJob;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Graphs by chance: every algorithm says what the plainest program says, with any number of tasks and parsers. */
class AlgorithmsPropertyTest {
    @Property(tries = 150)
    void pageRankAgreesWithThePlainProgram(
            @ForAll long seed,
            @ForAll boolean text,
            @ForAll @IntRange(min = 1, max = 7) int tasks,
            @ForAll @IntRange(min = 0, max = 12) int iterations)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        FakeJob.Result result = job(graph, PageRank.class, tasks, seed)
                .set(GraphSettings.ITERATIONS, iterations)
                .run();
        double[] expected = graph.pageRank(iterations, 0.85);
        SortedMap<String, String> values = result.values();
        assertThat(values).hasSize(expected.length);
        for (int v = 0; v < expected.length; v++) {
            assertThat(Double.parseDouble(values.get(graph.ids.get(v))))
                    .isCloseTo(expected[v], within(1e-12 * expected[v]));
        }
        assertThat(result.facts())
                .containsEntry("supersteps", iterations + 1L)
                .containsEntry("vertices", (long) graph.ids.size())
                .containsEntry("edges", (long) graph.edges.size());
    }

    @Property(tries = 150)
    void breadthFirstSearchAgreesWithThePlainProgram(
            @ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 7) int tasks) throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        int source = new Random(seed).nextInt(graph.ids.size());
        SortedMap<String, String> values = job(graph, BreadthFirstSearch.class, tasks, seed)
                .set(GraphSettings.SOURCE, graph.ids.get(source))
                .threads(1 + (int) (seed & 1))
                .run()
                .values();
        long[] expected = graph.distances(source);
        assertThat(values).hasSize(expected.length);
        for (int v = 0; v < expected.length; v++) {
            assertThat(values).containsEntry(graph.ids.get(v), Long.toString(expected[v]));
        }
    }

    @Property(tries = 150)
    void shortestPathsAgreeWithThePlainProgram(
            @ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 7) int tasks) throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        int source = new Random(seed).nextInt(graph.ids.size());
        SortedMap<String, String> values = job(graph, ShortestPaths.class, tasks, seed)
                .graph(graph.vertexText(), graph.weightedEdgeText())
                .set(GraphSettings.WEIGHTED, true)
                .set(GraphSettings.SOURCE, graph.ids.get(source))
                .threads(1 + (int) (seed & 1))
                .run()
                .values();
        double[] expected = graph.weightedDistances(source);
        assertThat(values).hasSize(expected.length);
        for (int v = 0; v < expected.length; v++) {
            assertThat(values).containsEntry(graph.ids.get(v), Double.toString(expected[v]));
        }
    }

    @Property(tries = 150)
    void componentsAreNamedByTheirSmallestIds(
            @ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 7) int tasks) throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        SortedMap<String, String> values =
                job(graph, ConnectedComponents.class, tasks, seed).run().values();
        int[] expected = graph.components();
        assertThat(values).hasSize(expected.length);
        for (int v = 0; v < expected.length; v++) {
            assertThat(values).containsEntry(graph.ids.get(v), graph.ids.get(expected[v]));
        }
    }

    @Property(tries = 150)
    void communitiesAgreeWithThePlainProgram(
            @ForAll long seed,
            @ForAll boolean text,
            @ForAll @IntRange(min = 1, max = 7) int tasks,
            @ForAll @IntRange(min = 0, max = 6) int iterations)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        SortedMap<String, String> values = job(graph, LabelPropagation.class, tasks, seed)
                .set(GraphSettings.ITERATIONS, iterations)
                .run()
                .values();
        int[] expected = graph.communities(iterations);
        assertThat(values).hasSize(expected.length);
        for (int v = 0; v < expected.length; v++) {
            assertThat(values).containsEntry(graph.ids.get(v), graph.ids.get(expected[v]));
        }
    }

    @Property(tries = 100)
    void coefficientsAgreeWithThePlainProgram(
            @ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 7) int tasks) throws Exception {
        Reference graph = Reference.random(new Random(seed), text).simple();
        SortedMap<String, String> values =
                job(graph, ClusteringCoefficient.class, tasks, seed).run().values();
        double[] expected = graph.coefficients();
        assertThat(values).hasSize(expected.length);
        for (int v = 0; v < expected.length; v++) {
            assertThat(values).containsEntry(graph.ids.get(v), Double.toString(expected[v]));
        }
    }

    @Property(tries = 100)
    void trianglesAgreeWithThePlainProgram(
            @ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 7) int tasks) throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        FakeJob.Result result = job(graph, TriangleCount.class, tasks, seed).run();
        long[] expected = graph.triangles();
        long all = 0;
        SortedMap<String, String> values = result.values();
        for (int v = 0; v < expected.length; v++) {
            assertThat(values).containsEntry(graph.ids.get(v), Long.toString(expected[v]));
            all += expected[v];
        }
        assertThat(result.counter("triangles")).isEqualTo(all / 3);
    }

    @Property(tries = 100)
    void aMatchingIsOneAndIsMaximalAndTheSameForAnyNumberOfTasks(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 7) int tasks) throws Exception {
        Random chance = new Random(seed);
        int left = 1 + chance.nextInt(30);
        int right = 1 + chance.nextInt(30);
        Set<String> edges = new TreeSet<>();
        for (int e = chance.nextInt(3 * left); e > 0; e--) {
            edges.add("l" + chance.nextInt(left) + " r" + chance.nextInt(right));
        }
        StringBuilder vertices = new StringBuilder();
        for (int v = 0; v < left; v++) {
            vertices.append('l').append(v).append('\n');
        }
        for (int v = 0; v < right; v++) {
            vertices.append('r').append(v).append('\n');
        }
        FakeJob job = FakeJob.of(BipartiteMatching.class)
                .graph(vertices.toString(), String.join("\n", edges))
                .seed(seed);
        SortedMap<String, String> matched = job.tasks(tasks).run().values();
        assertThat(matched).hasSize(left + right);
        matched.forEach((id, partner) -> {
            if (!partner.equals("-")) {
                assertThat(matched).containsEntry(partner, id);
                assertThat(edges).contains(id.startsWith("l") ? id + " " + partner : partner + " " + id);
            }
        });
        for (String edge : edges) {
            String[] ends = edge.split(" ", -1);
            assertThat(matched.get(ends[0]).equals("-") && matched.get(ends[1]).equals("-"))
                    .as(edge + " could be added")
                    .isFalse();
        }
        assertThat(job.tasks(1).run().values()).isEqualTo(matched);
    }

    private static FakeJob job(Reference graph, Class<?> program, int tasks, long seed) {
        return FakeJob.of(program)
                .graph(graph.vertexText(), graph.edgeText())
                .set(GraphSettings.DIRECTED, graph.directed)
                .tasks(tasks)
                .seed(seed);
    }
}
