package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.graph.Combination;
import io.valiant.graph.Combine;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.IntVertexProgram;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.Monotone;
import io.valiant.graph.VertexContext;
import io.valiant.graph.algorithm.BreadthFirstSearch;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.Reference;
import io.valiant.graph.algorithm.ShortestPaths;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.Recovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Programs whose values only fall: what the engine leaves out and runs ahead with is not seen in results. */
class MonotoneTest {
    /** The least of all ids that lead here. */
    @Combine(Combination.MIN)
    public static class Labels extends LongVertexProgram {
        @Override
        public long initialValue(VertexContext v) {
            return v.id().hashCode();
        }

        @Override
        public long compute(VertexContext v, long least) {
            v.voteToHalt();
            if (v.superstep() > 0 && least >= v.longValue()) {
                return v.longValue();
            }
            long label = Math.min(least, v.longValue());
            v.sendToNeighbours(label);
            return label;
        }
    }

    @Monotone
    public static final class MarkedLabels extends Labels {}

    @Monotone(withinTask = true)
    public static final class AheadLabels extends Labels {}

    /** The shortest way from any vertex, where each has its own start. */
    @Combine(Combination.MIN)
    public static class Longs extends LongVertexProgram {
        @Override
        public long initialValue(VertexContext v) {
            return Math.floorMod(v.id().hashCode(), 1000);
        }

        @Override
        public long compute(VertexContext v, long least) {
            v.voteToHalt();
            long distance = Math.min(least, v.longValue());
            if (v.superstep() == 0 || distance < v.longValue()) {
                v.sendToNeighbours(distance + 1);
            }
            return distance;
        }

        @Override
        public long alongEdge(long message, double weight) {
            return message + (long) Math.abs(weight);
        }
    }

    @Monotone
    public static final class MarkedLongs extends Longs {}

    @Monotone(withinTask = true)
    public static final class AheadLongs extends Longs {}

    /** As {@link Longs}. */
    @Combine(Combination.MIN)
    public static class Ints extends IntVertexProgram {
        @Override
        public int initialValue(VertexContext v) {
            return Math.floorMod(v.id().hashCode(), 1000);
        }

        @Override
        public int compute(VertexContext v, int least) {
            v.voteToHalt();
            int distance = Math.min(least, v.intValue());
            if (v.superstep() == 0 || distance < v.intValue()) {
                v.sendToNeighbours(distance + 1);
            }
            return distance;
        }

        @Override
        public int alongEdge(int message, double weight) {
            return message + (int) Math.abs(weight);
        }
    }

    @Monotone
    public static final class MarkedInts extends Ints {}

    @Monotone(withinTask = true)
    public static final class AheadInts extends Ints {}

    /** As {@link Longs}. */
    @Combine(Combination.MIN)
    public static class Doubles extends DoubleVertexProgram {
        @Override
        public double initialValue(VertexContext v) {
            return Math.floorMod(v.id().hashCode(), 1000);
        }

        @Override
        public double compute(VertexContext v, double least) {
            v.voteToHalt();
            double distance = Math.min(least, v.doubleValue());
            if (v.superstep() == 0 || distance < v.doubleValue()) {
                v.sendToNeighbours(distance);
            }
            return distance;
        }

        @Override
        public double alongEdge(double message, double weight) {
            return message + Math.abs(weight);
        }
    }

    @Monotone
    public static final class MarkedDoubles extends Doubles {}

    @Monotone(withinTask = true)
    public static final class AheadDoubles extends Doubles {}

    @Monotone(growsWithWeight = true)
    public static final class GrowingLongs extends Longs {}

    @Monotone(growsWithWeight = true, withinTask = true)
    public static final class GrowingAheadLongs extends Longs {}

    @Monotone(growsWithWeight = true)
    public static final class GrowingInts extends Ints {}

    @Monotone(growsWithWeight = true, withinTask = true)
    public static final class GrowingAheadInts extends Ints {}

    @Monotone(growsWithWeight = true)
    public static final class GrowingDoubles extends Doubles {}

    @Monotone(growsWithWeight = true, withinTask = true)
    public static final class GrowingAheadDoubles extends Doubles {}

    /** Heavy edges are short: does not grow with weight. */
    @Combine(Combination.MIN)
    public static class Heavy extends Doubles {
        @Override
        public double alongEdge(double message, double weight) {
            return message + 1000 / (1 + weight);
        }
    }

    @Monotone
    public static final class MarkedHeavy extends Heavy {}

    @Monotone(withinTask = true)
    public static final class AheadHeavy extends Heavy {}

    /** Weights change nothing on the way of its messages. */
    @Monotone(growsWithWeight = true)
    public static final class GrowingLabels extends Labels {}

    private static final List<List<Class<?>>> PROGRAMS = List.of(
            List.of(Labels.class, MarkedLabels.class, AheadLabels.class, GrowingLabels.class),
            List.of(Longs.class, MarkedLongs.class, AheadLongs.class, GrowingLongs.class, GrowingAheadLongs.class),
            List.of(Ints.class, MarkedInts.class, AheadInts.class, GrowingInts.class, GrowingAheadInts.class),
            List.of(
                    Doubles.class,
                    MarkedDoubles.class,
                    AheadDoubles.class,
                    GrowingDoubles.class,
                    GrowingAheadDoubles.class),
            List.of(Heavy.class, MarkedHeavy.class, AheadHeavy.class));

    @Property(tries = 60)
    void resultsAreThoseOfUnmarkedPrograms(
            @ForAll long seed,
            @ForAll boolean text,
            @ForAll @IntRange(min = 0, max = 4) int kind,
            @ForAll @IntRange(min = 1, max = 5) int tasks)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        List<SortedMap<String, String>> results = new ArrayList<>();
        for (Class<?> program : PROGRAMS.get(kind)) {
            results.add(job(program, graph, tasks).seed(seed).run().values());
        }
        assertThat(results).containsOnly(results.get(0));
    }

    @Property(tries = 150)
    void resultsAreThoseOfUnmarkedProgramsWhereMuchIsPulled(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 4) int kind,
            @ForAll @IntRange(min = 0, max = 4) int weights,
            @ForAll boolean weighted,
            @ForAll @IntRange(min = 1, max = 4) int tasks)
            throws Exception {
        WeightedGraph graph = WeightedGraph.random(new Random(seed), weights);
        List<SortedMap<String, String>> results = new ArrayList<>();
        for (Class<?> program : PROGRAMS.get(kind)) {
            FakeJob job = FakeJob.of(program).graph(graph.vertexText(), graph.edgeText(weighted));
            results.add(job.set(GraphSettings.WEIGHTED, weighted)
                    .tasks(tasks)
                    .threads(1 + (int) (seed & 1))
                    .seed(seed)
                    .run()
                    .values());
        }
        assertThat(results).containsOnly(results.get(0));
    }

    @Property(tries = 150)
    void shortestPathsAreThoseOfDijkstra(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 4) int weights,
            @ForAll boolean weighted,
            @ForAll @IntRange(min = 1, max = 4) int tasks)
            throws Exception {
        WeightedGraph graph = WeightedGraph.random(new Random(seed), weights);
        SortedMap<String, String> values = FakeJob.of(ShortestPaths.class)
                .graph(graph.vertexText(), graph.edgeText(weighted))
                .set(GraphSettings.WEIGHTED, weighted)
                .set(GraphSettings.SOURCE, 0)
                .tasks(tasks)
                .threads(1 + (int) (seed & 1))
                .seed(seed)
                .run()
                .values();
        double[] expected = graph.distances(weighted);
        for (int v = 0; v < expected.length; v++) {
            assertThat(values).containsEntry("" + v, "" + expected[v]);
        }
    }

    /** From each checkpoint, and in JVMs that have the graph as well as in those that have not. */
    @Property(tries = 12)
    void shortestPathsEndTheSameFromEveryCheckpoint(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 4) int weights,
            @ForAll @IntRange(min = 1, max = 4) int tasks)
            throws Exception {
        WeightedGraph graph = WeightedGraph.random(new Random(seed), weights);
        Recovery.of(FakeJob.of(ShortestPaths.class)
                .graph(graph.vertexText(), graph.edgeText(true))
                .set(GraphSettings.WEIGHTED, true)
                .set(GraphSettings.SOURCE, 0)
                .tasks(tasks)
                .seed(seed));
    }

    /** Hops from vertex 1, and in which order vertices came to theirs. */
    @Monotone
    @Combine(Combination.MIN)
    public static final class OrderOfHops extends IntVertexProgram {
        static final List<String> ORDER = Collections.synchronizedList(new ArrayList<>());

        @Override
        public int initialValue(VertexContext v) {
            return Integer.MAX_VALUE;
        }

        @Override
        public int compute(VertexContext v, int least) {
            v.voteToHalt();
            int hops = v.superstep() == 0 && v.id().equals("1") ? 0 : least;
            if (hops >= v.intValue()) {
                return v.intValue();
            }
            ORDER.add(v.id());
            v.sendToNeighbours(hops + 1);
            return hops;
        }
    }

    /**
     * Where few are reached these are computed in the order in which messages came, not by looking through all: 5 has the
     * most edges, so it lies first, and 9999 the fewest and the greatest id, so it lies last.
     */
    @Test
    void whereFewAreReachedOnlyTheseAreLookedFor() throws Exception {
        StringBuilder vertices = new StringBuilder("1\n2\n3\n5\n9999\n");
        StringBuilder edges = new StringBuilder("1 2\n1 3\n2 9999\n3 5\n");
        for (int leaf = 1000; leaf < 1200; leaf++) {
            vertices.append(leaf).append('\n');
            edges.append(leaf).append(" 5\n5 ").append(leaf).append('\n');
        }
        OrderOfHops.ORDER.clear();
        FakeJob.of(OrderOfHops.class)
                .graph(vertices.toString(), edges.toString())
                .tasks(1)
                .run();
        assertThat(OrderOfHops.ORDER).startsWith("1", "2", "3", "9999", "5").hasSize(205);
    }

    @Test
    void edgesAreSortedOnlyWherePullingCanEndEarlyByTheirWeight() {
        assertThat(Relaxation.wantsAscending(new GrowingLongs())).isTrue();
        assertThat(Relaxation.wantsAscending(new GrowingInts())).isTrue();
        assertThat(Relaxation.wantsAscending(new GrowingDoubles())).isTrue();
        assertThat(Relaxation.wantsAscending(new MarkedDoubles())).isFalse();
        assertThat(Relaxation.wantsAscending(new Doubles())).isFalse();
        assertThat(Relaxation.wantsAscending(new GrowingLabels())).isFalse();
    }

    /** A graph in which most vertices have sent when many still wait, and some targets have many edges. */
    private record WeightedGraph(int vertices, List<int[]> edges, List<Double> weights) {
        /** {@code kind}: whole, with zeros; all alike; fractions; whole and large; whole but for one. */
        static WeightedGraph random(Random chance, int kind) {
            int vertices = 2 + chance.nextInt(80);
            int hubs = 1 + chance.nextInt(vertices);
            List<int[]> edges = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (int e = chance.nextInt(15 * vertices); e >= 0; e--) {
                int target = chance.nextInt(chance.nextInt(3) > 0 ? hubs : vertices);
                edges.add(new int[] {chance.nextInt(vertices), target});
                weights.add(
                        switch (kind) {
                            case 0 -> (double) Math.max(0, chance.nextInt(70) - 10);
                            case 1 -> 3.0;
                            case 2 -> chance.nextDouble();
                            case 3 -> (double) chance.nextInt(1 << 20);
                            default -> e == 0 ? 2.5 : chance.nextInt(9);
                        });
            }
            return new WeightedGraph(vertices, edges, weights);
        }

        String vertexText() {
            StringBuilder text = new StringBuilder();
            for (int v = 0; v < vertices; v++) {
                text.append(v).append('\n');
            }
            return text.toString();
        }

        String edgeText(boolean weighted) {
            StringBuilder text = new StringBuilder();
            for (int e = 0; e < edges.size(); e++) {
                text.append(edges.get(e)[0]).append(' ').append(edges.get(e)[1]);
                text.append(weighted ? " " + weights.get(e) : "").append('\n');
            }
            return text.toString();
        }

        /** From vertex 0: takes the nearest that is not taken until none can be reached. */
        double[] distances(boolean weighted) {
            double[] distance = new double[vertices];
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            distance[0] = 0;
            boolean[] taken = new boolean[vertices];
            for (int nearest = 0; nearest >= 0; nearest = nearest(distance, taken)) {
                taken[nearest] = true;
                for (int e = 0; e < edges.size(); e++) {
                    int target = edges.get(e)[1];
                    if (edges.get(e)[0] == nearest) {
                        double way = distance[nearest] + (weighted ? weights.get(e) : 1);
                        distance[target] = Math.min(distance[target], way);
                    }
                }
            }
            return distance;
        }

        private static int nearest(double[] distance, boolean[] taken) {
            int nearest = -1;
            for (int v = 0; v < distance.length; v++) {
                if (!taken[v] && distance[v] < (nearest < 0 ? Double.POSITIVE_INFINITY : distance[nearest])) {
                    nearest = v;
                }
            }
            return nearest;
        }
    }

    /** Counts the edges along which messages are asked for. */
    @Combine(Combination.MIN)
    public static class Counting extends Doubles {
        static final AtomicLong ASKED = new AtomicLong();

        @Override
        public double alongEdge(double message, double weight) {
            ASKED.incrementAndGet();
            return message + weight;
        }
    }

    @Monotone
    public static final class MarkedCounting extends Counting {}

    @Monotone(growsWithWeight = true)
    public static final class GrowingCounting extends Counting {}

    /** All lead to all: only edges to those that are too far from their value can matter. */
    @Test
    void theSearchEndsWhereWeightsAreTooGreat() throws Exception {
        StringBuilder vertices = new StringBuilder();
        StringBuilder edges = new StringBuilder();
        for (int v = 0; v < 100; v++) {
            vertices.append(v).append('\n');
            for (int w = 0; w < 100; w++) {
                edges.append(v).append(' ').append(w).append(' ');
                edges.append(1000 + (v * 7 + w) % 100).append('\n');
            }
        }
        for (int tasks = 1; tasks <= 2; tasks++) {
            assertThat(asked(MarkedCounting.class, vertices, edges, tasks)).isGreaterThan(4000);
            assertThat(asked(GrowingCounting.class, vertices, edges, tasks)).isEqualTo(100L * tasks);
        }
    }

    /** Three vertices in a row behind many that hear nothing new. */
    @Combine(Combination.MIN)
    @Monotone(growsWithWeight = true)
    public static final class Row extends Counting {
        @Override
        public double initialValue(VertexContext v) {
            return v.longId() < 100 ? 0 : v.longId() == 100 ? 1 : 900;
        }
    }

    /** In superstep 0 each of the many is asked about once, in the next nobody but the last of the row. */
    @Test
    void fewPushWhereManyWouldBeAsked() throws Exception {
        StringBuilder vertices = new StringBuilder("100\n101\n102\n");
        StringBuilder edges = new StringBuilder("100 101 0.25\n101 102 0.25\n");
        for (int v = 0; v < 100; v++) {
            vertices.append(v).append('\n');
            edges.append(v).append(' ').append((v + 1) % 100).append(" 1000\n");
        }
        assertThat(asked(Row.class, vertices, edges, 1)).isEqualTo(100 + 2 + 1 + 1);
    }

    private static long asked(Class<?> program, StringBuilder vertices, StringBuilder edges, int tasks)
            throws Exception {
        Counting.ASKED.set(0);
        FakeJob.of(program)
                .graph(vertices.toString(), edges.toString())
                .set(GraphSettings.WEIGHTED, true)
                .tasks(tasks)
                .run();
        return Counting.ASKED.get();
    }

    @Test
    void weightsBelowZeroAreRefusedOnEveryPath() {
        for (String edges :
                List.of("1 2 -1\n", "1 2 3\n2 3 0.5\n3 1 -0.25\n", "1 2 9\n1 3 9\n2 4 1\n3 4 -1\n4 1 2\n")) {
            for (int tasks = 1; tasks <= 3; tasks++) {
                FakeJob job = FakeJob.of(ShortestPaths.class)
                        .graph("1\n2\n3\n4\n", edges)
                        .set(GraphSettings.WEIGHTED, true)
                        .set(GraphSettings.SOURCE, 1)
                        .tasks(tasks);
                assertThatThrownBy(job::run).hasMessageContaining("shortest paths need weights of at least 0");
            }
        }
    }

    private static FakeJob job(Class<?> program, Reference graph, int tasks) {
        return FakeJob.of(program)
                .graph(graph.vertexText(), graph.weightedEdgeText())
                .tasks(tasks)
                .set(GraphSettings.WEIGHTED, true)
                .set(GraphSettings.DIRECTED, graph.directed);
    }

    /** A chain, against its numbers: one superstep to compute all, one to find that nothing comes. */
    @Test
    void oneTaskRunsToTheEndAtOnce() throws Exception {
        StringBuilder vertices = new StringBuilder();
        StringBuilder edges = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            vertices.append(i).append('\n');
            edges.append(i + 1).append(' ').append(i).append('\n');
        }
        vertices.append("500\n");
        FakeJob job = FakeJob.of(ConnectedComponents.class).graph(vertices.toString(), edges.toString());
        FakeJob.Result one = job.tasks(1).run();
        assertThat(one.facts()).containsEntry("supersteps", 2L);
        assertThat(one.values().values()).containsOnly("0");
        FakeJob limited = job.set(GraphSettings.ITERATIONS, 20);
        assertThat(limited.tasks(1).run().values())
                .isEqualTo(limited.tasks(3).run().values());
        assertThat(limited.tasks(1).run().values()).containsEntry("500", "480");
    }

    @Test
    void severalTasksNeedMore() throws Exception {
        FakeJob job = FakeJob.of(ConnectedComponents.class).graph("0\n1\n2\n3\n4\n5\n", "0 1\n1 2\n2 3\n3 4\n4 5\n");
        assertThat(job.tasks(2).run().facts().get("supersteps")).isGreaterThan(2);
    }

    /** Where each superstep reaches few they are kept in mind, and not looked for. */
    @Property(tries = 4)
    void longChainsComeToTheSame(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int tasks) throws Exception {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < 400; id++) {
            ids.add(id);
        }
        Collections.shuffle(ids, new Random(seed));
        StringBuilder vertices = new StringBuilder("0\n");
        StringBuilder edges = new StringBuilder();
        for (int i = 1; i < ids.size(); i++) {
            vertices.append(i).append('\n');
            edges.append(ids.get(i - 1) + " " + ids.get(i) + " 1\n");
        }
        for (List<Class<?>> programs : PROGRAMS) {
            List<SortedMap<String, String>> results = new ArrayList<>();
            for (Class<?> program : programs) {
                FakeJob job = FakeJob.of(program)
                        .graph(vertices.toString(), edges.toString())
                        .set(GraphSettings.WEIGHTED, true)
                        .set(GraphSettings.DIRECTED, false);
                results.add(job.tasks(tasks).seed(seed).run().values());
            }
            assertThat(results).containsOnly(results.get(0));
        }
    }

    /** One vertex reaches so many that they are looked for again. */
    @Test
    void moreAreReachedThanAreKeptInMind() throws Exception {
        StringBuilder vertices = new StringBuilder("0\n");
        StringBuilder edges = new StringBuilder("0 1\n");
        for (int i = 1; i < 3000; i++) {
            vertices.append(i).append('\n');
            edges.append(i < 1000 ? 1 : i).append(' ').append(i + 1).append('\n');
        }
        vertices.append("3000\n");
        SortedMap<String, String> levels = FakeJob.of(BreadthFirstSearch.class)
                .graph(vertices.toString(), edges.toString())
                .set(GraphSettings.SOURCE, "0")
                .run()
                .values();
        for (int i = 2; i <= 1000; i++) {
            assertThat(levels).containsEntry("" + i, "2");
        }
        assertThat(levels).containsEntry("3000", "2002");
    }

    /** Goes on though it promised to halt. */
    @Combine(Combination.MIN)
    @Monotone(withinTask = true)
    public static final class Restless extends LongVertexProgram {
        @Override
        public long initialValue(VertexContext v) {
            return v.longId();
        }

        @Override
        public long compute(VertexContext v, long least) {
            if (v.superstep() == 5) {
                v.haltAll();
            }
            v.sendToNeighbours(Math.min(least, v.longValue()));
            return Math.min(least, v.longValue());
        }
    }

    /** Aggregates in superstep 0 while it may. */
    @Combine(Combination.MIN)
    @Monotone(withinTask = true)
    public static final class Counted extends LongVertexProgram {
        private static final LongAggregator COUNT = LongAggregator.sum("count");

        @Override
        public long initialValue(VertexContext v) {
            return v.longId();
        }

        @Override
        public long compute(VertexContext v, long least) {
            v.voteToHalt();
            if (v.superstep() == 0 && !v.hasMessage()) {
                v.aggregate(COUNT, 1);
            }
            long label = Math.min(least, v.longValue());
            v.sendToNeighbours(label);
            return label;
        }
    }

    @Test
    void aggregatingInSuperstepZeroIsAllowed() throws Exception {
        assertThat(FakeJob.of(Counted.class)
                        .graph("1\n2\n3\n", "1 2\n2 3\n")
                        .tasks(1)
                        .run()
                        .values()
                        .values())
                .containsOnly("1");
    }

    /** Combines as a program of falling values cannot. */
    @Combine(Combination.MAX)
    @Monotone
    public static final class Rising extends LongVertexProgram {
        @Override
        public long compute(VertexContext v, long most) {
            return most;
        }
    }

    @Test
    void whoDoesNotKeepThePromiseIsToldWhereItIsSeen() {
        assertThatThrownBy(() -> FakeJob.of(Restless.class)
                        .graph("1\n2\n", "1 2\n")
                        .tasks(1)
                        .run())
                .hasMessage("vertex '2' aggregates, halts all or does not vote to halt, which a program marked with"
                        + " @Monotone may not");
        assertThatThrownBy(() -> FakeJob.of(Rising.class)
                        .graph("1\n2\n", "1 2\n")
                        .tasks(1)
                        .run())
                .hasMessageEndingWith("Rising is marked with @Monotone, which is for programs with @Combine(MIN)");
    }
}
