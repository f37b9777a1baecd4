package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspTest;
import io.valiant.bsp.TestRun;
import io.valiant.examples.TestFiles.Graph;
import io.valiant.graph.GraphJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class SemiClusteringTest {
    private static final Graph GRAPH = Graph.random(14, 28, 3);
    private static final int ITERATIONS = 4;
    private static final int KEPT = 4;
    private static final int MEMBERS = 5;

    @TempDir
    private Path folder;

    @Test
    void everyVertexFindsTheBestGroupThatTheScoresAllow() throws Exception {
        List<String> expected = reference();
        for (int tasks = 1; tasks <= 3; tasks++) {
            GraphJob job = GraphJob.of(SemiClustering.class)
                    .vertices(GRAPH.vertices(folder))
                    .edges(GRAPH.edges(folder))
                    .undirected()
                    .weighted()
                    .iterations(ITERATIONS)
                    .set(SemiClustering.KEPT, KEPT)
                    .set(SemiClustering.MEMBERS, MEMBERS)
                    .set(SemiClustering.FACTOR, 0.25)
                    .tasks(tasks);
            TestRun run = tasks < 3 ? BspTest.run(job) : BspTest.of(job).runSteady(2);
            assertThat(run.lines()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** The paper's algorithm over sets of numbers; scores are computed from the matrix, by their definition. */
    private static List<String> reference() {
        int n = GRAPH.n();
        List<List<TreeSet<String>>> told = new ArrayList<>();
        List<List<TreeSet<String>>> own = new ArrayList<>();
        for (int v = 0; v < n; v++) {
            List<TreeSet<String>> alone = List.of(new TreeSet<>(List.of("" + v)));
            own.add(alone);
            told.add(alone);
        }
        for (int i = 0; i < ITERATIONS; i++) {
            List<List<TreeSet<String>>> next = new ArrayList<>();
            for (int v = 0; v < n; v++) {
                List<TreeSet<String>> known = new ArrayList<>();
                for (int other = 0; other < n; other++) {
                    if (GRAPH.matrix()[v][other] > 0) {
                        for (TreeSet<String> group : told.get(other)) {
                            known.add(group);
                            if (!group.contains("" + v) && group.size() < MEMBERS) {
                                TreeSet<String> larger = new TreeSet<>(group);
                                larger.add("" + v);
                                known.add(larger);
                            }
                        }
                    }
                }
                next.add(best(known));
                List<TreeSet<String>> mine = new ArrayList<>(own.get(v));
                String self = "" + v;
                known.stream().filter(group -> group.contains(self)).forEach(mine::add);
                own.set(v, best(mine));
            }
            told = next;
        }
        List<String> lines = new ArrayList<>();
        for (int v = 0; v < n; v++) {
            TreeSet<String> group = own.get(v).get(0);
            lines.add(v + " " + score(group) + " " + String.join(",", group));
        }
        return lines;
    }

    private static List<TreeSet<String>> best(List<TreeSet<String>> groups) {
        TreeMap<String, TreeSet<String>> distinct = new TreeMap<>();
        groups.forEach(group -> distinct.put(String.join(",", group), group));
        return distinct.values().stream()
                .sorted(Comparator.comparingDouble((TreeSet<String> group) -> -score(group))
                        .thenComparing(group -> String.join(",", group)))
                .limit(KEPT)
                .toList();
    }

    private static double score(TreeSet<String> group) {
        if (group.size() == 1) {
            return 1;
        }
        double inner = 0;
        double leaving = 0;
        for (int v = 0; v < GRAPH.n(); v++) {
            for (int other = 0; other < GRAPH.n(); other++) {
                if (group.contains("" + v)) {
                    int weight = GRAPH.matrix()[v][other];
                    inner += group.contains("" + other) ? weight / 2.0 : 0;
                    leaving += group.contains("" + other) ? 0 : weight;
                }
            }
        }
        return (inner - 0.25 * leaving) / (group.size() * (group.size() - 1) / 2.0);
    }
}
