package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspTest;
import io.valiant.bsp.TestRun;
import io.valiant.examples.TestFiles.Edge;
import io.valiant.examples.TestFiles.Graph;
import io.valiant.graph.GraphJob;
import io.valiant.graph.algorithm.BipartiteMatching;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.algorithm.ShortestPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each result is computed here once more, by plain loops. */
@Timeout(240)
class GraphExamplesTest {
    private static final Graph GRAPH = Graph.random(30, 55, 5);

    @TempDir
    private Path folder;

    private GraphJob job(Class<?> program, int tasks) throws IOException {
        return GraphJob.of(program)
                .vertices(GRAPH.vertices(folder))
                .edges(GRAPH.edges(folder))
                .tasks(tasks);
    }

    /** With 1 to 3 tasks, the last time with kills. */
    private interface Jobs {
        GraphJob of(int tasks) throws IOException;
    }

    private static SortedMap<String, String> values(Jobs jobs) throws IOException, BspException {
        TestRun alone = BspTest.run(jobs.of(1));
        assertThat(BspTest.run(jobs.of(2)).values()).isEqualTo(alone.values());
        assertThat(BspTest.of(jobs.of(3)).runSteady(3).values()).isEqualTo(alone.values());
        return alone.values();
    }

    @Test
    void pageRank() throws Exception {
        double[] ranks = new double[GRAPH.n()];
        Arrays.fill(ranks, 1.0 / GRAPH.n());
        int[] out = new int[GRAPH.n()];
        GRAPH.edges().forEach(edge -> out[edge.from()]++);
        for (int i = 0; i < 12; i++) {
            double sinks = 0;
            for (int v = 0; v < GRAPH.n(); v++) {
                sinks += out[v] == 0 ? ranks[v] : 0;
            }
            double[] next = new double[GRAPH.n()];
            Arrays.fill(next, 0.15 / GRAPH.n() + 0.85 * sinks / GRAPH.n());
            for (Edge edge : GRAPH.edges()) {
                next[edge.to()] += 0.85 * ranks[edge.from()] / out[edge.from()];
            }
            ranks = next;
        }
        TestRun run =
                BspTest.of(job(PageRank.class, 3).directed().iterations(12)).runSteady(3);
        for (int v = 0; v < GRAPH.n(); v++) {
            assertThat(Double.parseDouble(run.values().get("" + v))).isCloseTo(ranks[v], within(1e-12));
        }
    }

    @Test
    void shortestPaths() throws Exception {
        double[] distances = new double[GRAPH.n()];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        distances[4] = 0;
        for (int i = 0; i < GRAPH.n(); i++) {
            for (Edge edge : GRAPH.edges()) {
                distances[edge.to()] = Math.min(distances[edge.to()], distances[edge.from()] + edge.weight());
            }
        }
        SortedMap<String, String> values =
                values(tasks -> job(ShortestPaths.class, tasks).weighted().source("4"));
        for (int v = 0; v < GRAPH.n(); v++) {
            assertThat(Double.parseDouble(values.get("" + v))).isEqualTo(distances[v]);
        }
    }

    @Test
    void components() throws Exception {
        long[] least = new long[GRAPH.n()];
        Arrays.setAll(least, v -> v);
        for (int i = 0; i < GRAPH.n(); i++) {
            for (Edge edge : GRAPH.edges()) {
                long both = Math.min(least[edge.from()], least[edge.to()]);
                least[edge.from()] = both;
                least[edge.to()] = both;
            }
        }
        SortedMap<String, String> values = values(tasks -> job(ConnectedComponents.class, tasks));
        for (int v = 0; v < GRAPH.n(); v++) {
            assertThat(values.get("" + v)).isEqualTo("" + least[v]);
        }
    }

    @Test
    void inLinks() throws Exception {
        SortedMap<String, String> values = values(tasks -> job(InLinkCount.class, tasks));
        for (int v = 0; v < GRAPH.n(); v++) {
            int vertex = v;
            long links =
                    GRAPH.edges().stream().filter(edge -> edge.to() == vertex).count();
            assertThat(values.get("" + v)).isEqualTo("" + links);
        }
    }

    @Test
    void kCore() throws Exception {
        int[][] matrix = GRAPH.matrix();
        boolean[] gone = new boolean[GRAPH.n()];
        long[] degrees = new long[GRAPH.n()];
        for (int i = 0; i < GRAPH.n(); i++) {
            for (int v = 0; v < GRAPH.n(); v++) {
                degrees[v] = 0;
                for (int other = 0; other < GRAPH.n(); other++) {
                    degrees[v] += matrix[v][other] > 0 && !gone[other] && !gone[v] ? 1 : 0;
                }
                gone[v] |= degrees[v] < 3;
            }
        }
        assertThat(gone).contains(true).contains(false);
        SortedMap<String, String> values =
                values(tasks -> job(KCore.class, tasks).undirected().set(KCore.K, 3));
        for (int v = 0; v < GRAPH.n(); v++) {
            assertThat(values.get("" + v)).isEqualTo("" + (gone[v] ? 0 : degrees[v]));
        }
    }

    @Test
    void bipartiteMatchingIsAMatchingThatCannotGrow() throws Exception {
        List<String> lines = new ArrayList<>();
        Map<String, List<String>> left = new TreeMap<>();
        for (int v = 0; v < 12; v++) {
            List<String> neighbours = new ArrayList<>();
            for (int other = 0; other < 9; other++) {
                if ((v * 7 + other * 5) % 4 == 0) {
                    neighbours.add("r" + other);
                }
            }
            left.put("l" + v, neighbours);
            lines.add("l" + v + "\t" + String.join(" ", neighbours));
        }
        for (int v = 0; v < 9; v++) {
            lines.add("r" + v);
        }
        String graph = TestFiles.write(folder, "bipartite", lines);
        SortedMap<String, String> partners = values(
                tasks -> GraphJob.of(BipartiteMatching.class).adjacency(graph).tasks(tasks));
        partners.forEach((id, partner) -> {
            if (!partner.equals("-")) {
                assertThat(partners.get(partner)).isEqualTo(id);
                String from = id.startsWith("l") ? id : partner;
                assertThat(left.get(from)).contains(id.startsWith("l") ? partner : id);
            }
        });
        left.forEach((id, neighbours) -> {
            if (partners.get(id).equals("-")) {
                assertThat(neighbours)
                        .allSatisfy(other -> assertThat(partners.get(other)).isNotEqualTo("-"));
            }
        });
    }
}
