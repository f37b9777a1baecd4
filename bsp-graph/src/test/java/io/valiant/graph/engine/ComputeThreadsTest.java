package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.Combination;
import io.valiant.graph.Combine;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.VertexContext;
import io.valiant.graph.algorithm.BreadthFirstSearch;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.LabelPropagation;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.algorithm.ShortestPaths;
import io.valiant.graph.fake.FakeJob;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks that compute with several threads: the same bits as with one. The graph is large enough for several pieces. */
class ComputeThreadsTest {
    private static final int VERTICES = 120_000;
    private static String vertices;
    private static String edges;

    @BeforeAll
    static void draw() {
        Random chance = new Random(7);
        StringBuilder v = new StringBuilder();
        for (int i = 0; i < VERTICES; i++) {
            v.append(i).append('\n');
        }
        StringBuilder e = new StringBuilder();
        for (int i = 0; i < 4 * VERTICES; i++) {
            // a few have many
            int from = (int) (VERTICES * Math.pow(chance.nextDouble(), 3));
            e.append(from).append(' ').append(chance.nextInt(VERTICES)).append(' ');
            e.append(chance.nextInt(1000) / 8.0).append('\n');
        }
        vertices = v.toString();
        edges = e.toString();
    }

    private static void isTheSame(Class<?> program) throws Exception {
        for (int tasks = 1; tasks <= 2; tasks++) {
            assertThat(run(program, tasks, 3)).isEqualTo(run(program, tasks, 1));
        }
    }

    private static String run(Class<?> program, int tasks, int threads) throws Exception {
        return FakeJob.of(program)
                .graph(vertices, edges)
                .tasks(tasks)
                .threads(threads)
                .set(GraphSettings.WEIGHTED, true)
                .set(GraphSettings.SOURCE, "0")
                .set(GraphSettings.ITERATIONS, 6)
                .run()
                .values()
                .toString();
    }

    @Test
    void ranksAre() throws Exception {
        isTheSame(PageRank.class);
    }

    @Test
    void levelsAre() throws Exception {
        isTheSame(BreadthFirstSearch.class);
    }

    @Test
    void distancesAre() throws Exception {
        isTheSame(ShortestPaths.class);
    }

    @Test
    void componentsAre() throws Exception {
        isTheSame(ConnectedComponents.class);
    }

    @Test
    void fallingValuesAre() throws Exception {
        isTheSame(MonotoneTest.MarkedLongs.class);
        isTheSame(MonotoneTest.AheadLongs.class);
        isTheSame(MonotoneTest.AheadInts.class);
        isTheSame(MonotoneTest.AheadDoubles.class);
    }

    @Test
    void labelsAre() throws Exception {
        isTheSame(LabelPropagation.class);
    }

    /** A sum whose bits tell the order in which it was folded. */
    @Combine(Combination.SUM)
    public static final class Sums extends DoubleVertexProgram {
        private static final DoubleAggregator SUM = DoubleAggregator.sum("sum");

        @Override
        public double compute(VertexContext v, double message) {
            v.aggregate(SUM, 1.0 / (3 + v.longId()));
            if (v.superstep() == 2) {
                v.haltAll();
            }
            return v.aggregated(SUM);
        }
    }

    @Test
    void aggregatesAre() throws Exception {
        isTheSame(Sums.class);
        assertThat(run(Sums.class, 1, 2)).doesNotContain("=0.0");
    }

    @Test
    void theFirstFailureIsTold() {
        for (int threads = 1; threads <= 3; threads += 2) {
            int count = threads;
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> run(Failing.class, 1, count))
                    .hasMessageContaining("vertex 0 of 120000");
        }
    }

    /** Fails at every vertex; who is computed first is told. */
    @Combine(Combination.SUM)
    public static final class Failing extends DoubleVertexProgram {
        @Override
        public double compute(VertexContext v, double message) {
            throw new IllegalStateException("vertex " + v.longId() + " of " + v.vertexCount());
        }
    }
}
