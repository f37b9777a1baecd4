package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combination;
import io.valiant.graph.Combine;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.IntVertexProgram;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.VertexContext;
import io.valiant.graph.algorithm.BreadthFirstSearch;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.Network;
import io.valiant.io.BadRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class GraphRunTest {
    private static final String VERTICES = "1\n2\n3\n4\n5\n";
    private static final String EDGES = "1 2\n2 3\n3\t4\n\n4 1 \r\n";

    private static FakeJob job(Class<?> program, String vertices, String edges) {
        return FakeJob.of(program).graph(vertices, edges).tasks(3);
    }

    private static FakeJob search(String vertices, String edges) {
        return job(BreadthFirstSearch.class, vertices, edges).set(GraphSettings.SOURCE, "1");
    }

    @Test
    void blanksTabsEmptyLinesAndRepeatedVerticesAreTaken() throws Exception {
        assertThat(search("\n" + VERTICES + " 3\t\r\n1\n", EDGES).run().values())
                .hasToString("{1=0, 2=1, 3=2, 4=3, 5=9223372036854775807}");
    }

    @Test
    void aThirdColumnIsPassedOverUnlessWeighted() throws Exception {
        assertThat(search(VERTICES, "1 2 x\n2 3 0.5\n").run().values()).containsEntry("3", "2");
        assertThat(search(VERTICES, "1 2 7\n2 3 0.5\n")
                        .set(GraphSettings.WEIGHTED, true)
                        .run()
                        .values())
                .containsEntry("3", "2");
        assertThatThrownBy(() -> search(VERTICES, "1 2 7\n2 3 x\n")
                        .set(GraphSettings.WEIGHTED, true)
                        .run())
                .hasMessage("test.e line 2 '2 3 x' has a weight that is not a number");
        assertThatThrownBy(() -> search(VERTICES, "1 2\n")
                        .set(GraphSettings.WEIGHTED, true)
                        .run())
                .hasMessage("test.e line 1 '1 2' is not an edge: two ids and a weight");
    }

    /** How many edges lead to each vertex. */
    @Combine(Combination.SUM)
    static final class Arrivals extends LongVertexProgram {
        @Override
        public long compute(VertexContext v, long sum) {
            if (v.superstep() == 0) {
                v.sendToNeighbours(1);
            }
            v.voteToHalt();
            return v.superstep() == 0 ? 0 : sum;
        }
    }

    /** More than a task sends before it looks at what it has received; task 0 has more to send than the others. */
    @Test
    void edgesOfManyRoundsAllArrive() throws Exception {
        int edges = 2_600_000;
        StringBuilder text = new StringBuilder();
        long[] arrivals = new long[1000];
        for (int i = 0; i < edges; i++) {
            int target = i * 7 % 1000 * (i % 2);
            text.append(i < edges / 2 ? i % 10 : i % 1000)
                    .append(' ')
                    .append(target)
                    .append('\n');
            arrivals[target]++;
        }
        StringBuilder vertices = new StringBuilder();
        for (int v = 0; v < arrivals.length; v++) {
            vertices.append(v).append('\n');
        }
        FakeJob.Result result = job(Arrivals.class, vertices.toString(), text.toString())
                .tasks(2)
                .run();
        assertThat(result.facts()).containsEntry("edges", (long) edges);
        SortedMap<String, String> values = result.values();
        for (int v = 0; v < arrivals.length; v++) {
            assertThat(values).containsEntry(Integer.toString(v), Long.toString(arrivals[v]));
        }
    }

    @Test
    void aLineThatDoesNotParseIsNamed() {
        assertThatThrownBy(() -> search(VERTICES, "1 2\n\n3\n").run())
                .isInstanceOfSatisfying(
                        BadRecordException.class, e -> assertThat(e.line()).isEqualTo(3))
                .hasMessage("test.e line 3 '3' is not an edge: two ids");
        assertThatThrownBy(() -> search(VERTICES, "1 2 3 4\n").run())
                .hasMessage("test.e line 1 '1 2 3 4' is not an edge: two ids");
        assertThatThrownBy(() -> search("1\n2 3\n", "").run())
                .hasMessage("test.v line 2 '2 3' is not a vertex: one id a line");
    }

    @Test
    void anEdgeToAnUnknownVertexIsAnErrorUnlessLenient() throws Exception {
        String edges = "1 2\n2 99\n77 2\n";
        assertThatThrownBy(() -> search(VERTICES, edges).run())
                .isInstanceOf(BadRecordException.class)
                .hasMessageMatching(
                        "test.e line (2|3) '(2 99|77 2)' names vertex '(99|77)', which the vertex file does not; .*");
        assertThatThrownBy(() -> search(VERTICES, edges).tasks(1).run())
                .hasMessageStartingWith("test.e line 2 '2 99' names vertex '99'");
        FakeJob.Result result =
                search(VERTICES, edges).set(GraphSettings.LENIENT, true).run();
        assertThat(result.values()).containsEntry("2", "1").hasSize(5);
        assertThat(result.facts()).containsEntry("edges", 1L);
    }

    @Test
    void aGraphWithoutVerticesIsRefused() {
        assertThatThrownBy(() -> search("\n", "").run())
                .isInstanceOf(BspException.class)
                .hasMessageContaining("a graph without vertices");
    }

    @Test
    void aGraphWithoutEdgesIsTaken() throws Exception {
        assertThat(job(ConnectedComponents.class, "b\na\n", "").run().values()).hasToString("{a=a, b=b}");
        assertThat(job(PageRank.class, "7\n", "").tasks(4).run().values()).hasToString("{7=1.0}");
    }

    @Test
    void anUnknownSourceIsToldBeforeTheFirstSuperstep() {
        assertThatThrownBy(() ->
                        search(VERTICES, EDGES).set(GraphSettings.SOURCE, "01").run())
                .hasMessage("vertex '01' is not in the graph; choose one of its vertices");
        assertThatThrownBy(() -> job(BreadthFirstSearch.class, VERTICES, EDGES).run())
                .hasMessageContaining("set graph.source");
    }

    @Test
    void idsAreTextIfOneOfThemIsNoCanonicalNumber() throws Exception {
        assertThat(search("1\n01\n", "1 01\n").run().values()).hasToString("{01=1, 1=0}");
        assertThatThrownBy(() -> search("1\n01\n", "1 01\n")
                        .tasks(1)
                        .set(GraphSettings.IDS, "long")
                        .run())
                .hasMessage("test.v line 2 '01' has an id that is not a whole number, as ids of the form long are");
        assertThatThrownBy(() ->
                        search(VERTICES, EDGES).set(GraphSettings.IDS, "number").run())
                .hasMessage("graph.ids = 'number' is neither long nor text");
    }

    @Test
    void smallestIdsGoByValueBeforeTexts() throws Exception {
        String vertices = "10\n9\nx\n-3\nA\n";
        assertThat(job(ConnectedComponents.class, vertices, "10 9\n9 x\nA x\n")
                        .run()
                        .values())
                .hasToString("{-3=-3, 10=9, 9=9, A=9, x=9}");
    }

    @Test
    void theBytesOfTheOutputDoNotDependOnWhoIsSlowNorOnTheNumberOfParsers() throws Exception {
        List<byte[]> first =
                job(PageRank.class, manyVertices(), manyEdges()).run().parts();
        for (int seed = 2; seed < 7; seed++) {
            assertThat(job(PageRank.class, manyVertices(), manyEdges())
                            .seed(seed)
                            .threads(seed)
                            .run()
                            .parts())
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(first);
        }
    }

    @Test
    void theBytesOfTheOutputAreTheSameOverAnyNetwork() throws Exception {
        for (Class<?> program : List.of(PageRank.class, ConnectedComponents.class)) {
            List<byte[]> expected =
                    job(program, manyVertices(), manyEdges()).run().parts();
            for (Network network : List.of(Network.MEMORY, Network.TCP)) {
                assertThat(job(program, manyVertices(), manyEdges())
                                .over(network)
                                .run()
                                .parts())
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void noParserOutlivesATaskOfWhichAnotherParserFails() {
        FakeJob job = search(VERTICES, "one\n" + "1 2\n".repeat(1 << 20))
                .tasks(1)
                .threads(2)
                .endlessEdges();
        assertThatThrownBy(job::run).hasMessage("test.e line 1 'one' is not an edge: two ids");
        assertThat(job.openReaders()).isZero();
    }

    private static String manyVertices() {
        StringBuilder vertices = new StringBuilder();
        for (int v = 0; v < 500; v++) {
            vertices.append("n").append(v).append('\n');
        }
        return vertices.toString();
    }

    private static String manyEdges() {
        StringBuilder edges = new StringBuilder();
        for (int v = 0; v < 500; v++) {
            for (int e = 1; e <= v % 7; e++) {
                edges.append("n")
                        .append(v)
                        .append(" n")
                        .append((v * 31 + e * e * 17) % 500)
                        .append('\n');
            }
        }
        return edges.toString();
    }

    /** Knows the greatest id reached, how many were computed, and the mean degree. */
    @Combine(Combination.MAX)
    public static final class Greatest extends IntVertexProgram {
        private static final LongAggregator COMPUTED =
                LongAggregator.sum("computed").startingAt(-1);
        private static final DoubleAggregator DEGREE = DoubleAggregator.max("degree");

        @Override
        public int initialValue(VertexContext v) {
            return (int) v.longId();
        }

        @Override
        public int compute(VertexContext v, int message) {
            if (v.superstep() == 0 && v.aggregated(COMPUTED) != -1) {
                throw new IllegalStateException("not the initial value");
            }
            if (v.superstep() == 1 && (v.aggregated(COMPUTED) != v.vertexCount() || v.aggregated(DEGREE) != 2)) {
                throw new IllegalStateException("not the fold of all: " + v.aggregated(COMPUTED));
            }
            if (v.superstep() > 0 && !v.hasMessage()) {
                throw new IllegalStateException(v.id() + " was woken without a message");
            }
            v.aggregate(COMPUTED, 1);
            v.aggregate(DEGREE, v.outDegree());
            v.voteToHalt();
            if (v.superstep() == 0 || message > v.intValue()) {
                int value = Math.max(message, v.intValue());
                v.sendToNeighbours(value);
                v.sendToNeighbours(value - 1);
                return value;
            }
            return v.intValue();
        }
    }

    @Test
    void programsOfIntsAggregatorsAndHaltedVerticesWork() throws Exception {
        FakeJob.Result result = job(Greatest.class, VERTICES, EDGES + "1 3\n").run();
        assertThat(result.values()).hasToString("{1=4, 2=4, 3=4, 4=4, 5=5}");
        assertThat(result.facts()).containsEntry("supersteps", 4L);
    }

    /** Counts supersteps until it is told to stop by the setting of iterations. */
    @Combine(Combination.MIN)
    public static final class Endless extends LongVertexProgram {
        @Override
        public long compute(VertexContext v, long message) {
            return v.superstep();
        }
    }

    @Test
    void iterationsEndAProgramThatWouldNot() throws Exception {
        FakeJob.Result result = job(Endless.class, VERTICES, EDGES)
                .set(GraphSettings.ITERATIONS, 3)
                .run();
        assertThat(result.values()).containsEntry("5", "3");
        assertThat(result.facts()).containsEntry("supersteps", 4L);
    }

    /** Does not say how messages combine. */
    public static final class Undecided extends DoubleVertexProgram {
        @Override
        public double compute(VertexContext v, double message) {
            return message;
        }
    }

    /** Tells its neighbours its value before it may. */
    @Combine(Combination.MIN)
    public static final class Hasty extends LongVertexProgram {
        @Override
        public long initialValue(VertexContext v) {
            switch (v.id()) {
                case "1" -> v.sendToNeighbours(-1);
                case "2" -> v.aggregate(LongAggregator.sum("hasty"), 1);
                case "3" -> v.haltAll();
                default -> v.voteToHalt();
            }
            return 0;
        }

        @Override
        public long compute(VertexContext v, long message) {
            v.voteToHalt();
            return message;
        }
    }

    @Test
    void anInitialValueMayOnlyLook() {
        for (String id : List.of("1", "2", "3", "4")) {
            assertThatThrownBy(() -> job(Hasty.class, id + "\n", id + " " + id + "\n")
                            .tasks(1)
                            .run())
                    .hasMessage("initialValue() of vertex '%s' sends, aggregates or halts; only compute() may", id);
        }
    }

    @Test
    void misuseIsToldInOneLine() {
        assertThatThrownBy(() -> job(Undecided.class, VERTICES, EDGES).run())
                .hasMessageEndingWith("does not say how its messages combine: annotate it with @Combine");
        assertThatThrownBy(() -> job(String.class, VERTICES, EDGES).run())
                .hasMessageStartingWith("java.lang.String is not a vertex program");
    }
}
