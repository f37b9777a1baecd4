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
import io.valiant.graph.fake.FakeJob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
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

    private static final List<List<Class<?>>> PROGRAMS = List.of(
            List.of(Labels.class, MarkedLabels.class, AheadLabels.class),
            List.of(Longs.class, MarkedLongs.class, AheadLongs.class),
            List.of(Ints.class, MarkedInts.class, AheadInts.class),
            List.of(Doubles.class, MarkedDoubles.class, AheadDoubles.class));

    @Property(tries = 60)
    void resultsAreThoseOfUnmarkedPrograms(
            @ForAll long seed,
            @ForAll boolean text,
            @ForAll @IntRange(min = 0, max = 3) int kind,
            @ForAll @IntRange(min = 1, max = 5) int tasks)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        List<SortedMap<String, String>> results = new ArrayList<>();
        for (Class<?> program : PROGRAMS.get(kind)) {
            results.add(job(program, graph, tasks).seed(seed).run().values());
        }
        assertThat(results).containsOnly(results.get(0));
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
