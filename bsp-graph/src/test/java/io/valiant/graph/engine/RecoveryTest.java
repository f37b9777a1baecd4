package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.Aggregate;
import io.valiant.checkpoint.DamagedCheckpointException;
import io.valiant.graph.Combination;
import io.valiant.graph.Combine;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.VertexContext;
import io.valiant.graph.algorithm.BreadthFirstSearch;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.algorithm.ShortestPaths;
import io.valiant.graph.fake.FakeCheckpoint;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.FakePart;
import io.valiant.graph.fake.Recovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final String VERTICES = "1\n2\n3\n4\n5\n6\n7\n";
    private static final String EDGES = "1 2\n2 3\n3 4\n4 1\n4 5\n5 4\n6 1\n6 2\n6 3\n6 4\n";

    private static FakeJob job(Class<?> program, int tasks) {
        return FakeJob.of(program).graph(VERTICES, EDGES).tasks(tasks);
    }

    private static FakeJob pageRank(int tasks) {
        return job(PageRank.class, tasks).set(GraphSettings.ITERATIONS, 4);
    }

    @Test
    void pageRankEndsTheSameFromEveryCheckpoint() throws Exception {
        for (int tasks = 1; tasks <= 6; tasks++) {
            Recovery.of(pageRank(tasks));
        }
    }

    @Test
    void aSearchEndsTheSameFromEveryCheckpoint() throws Exception {
        for (int tasks = 1; tasks <= 6; tasks++) {
            Recovery.of(job(BreadthFirstSearch.class, tasks).set(GraphSettings.SOURCE, "6"));
        }
    }

    @Test
    void labelsOfTextEndTheSameFromEveryCheckpoint() throws Exception {
        String vertices = "10\n9\nx\n-3\nA\nb\n";
        for (int tasks = 1; tasks <= 6; tasks++) {
            FakeJob job = FakeJob.of(ConnectedComponents.class)
                    .graph(vertices, "10 9\n9 x\nA x\nb A\n")
                    .tasks(tasks);
            assertThat(Recovery.of(job).values()).hasToString("{-3=-3, 10=9, 9=9, A=9, b=9, x=9}");
        }
    }

    @Test
    void intsAndAggregatorsEndTheSameFromEveryCheckpoint() throws Exception {
        Recovery.of(FakeJob.of(GraphRunTest.Greatest.class)
                .graph("1\n2\n3\n4\n5\n", "1 2\n2 3\n3 4\n4 1\n1 3\n")
                .tasks(3));
        Recovery.of(job(GraphRunTest.Endless.class, 3).set(GraphSettings.ITERATIONS, 3));
    }

    /** Doubles of every kind, aggregators of every time of life. */
    @Combine(Combination.MAX)
    public static final class Several extends DoubleVertexProgram {
        private static final DoubleAggregator EARLY =
                new DoubleAggregator("early", Aggregate.DOUBLE_MIN, 0.5).startingAt(-0.0);
        private static final LongAggregator LATE = LongAggregator.sum("late").startingAt(7);

        @Override
        public double initialValue(VertexContext v) {
            return v.longId() == 7 ? Double.NaN : v.aggregated(EARLY);
        }

        @Override
        public double compute(VertexContext v, double message) {
            if (v.superstep() == 4) {
                v.haltAll();
            }
            v.aggregate(EARLY, v.longId() / 3.0 - v.superstep());
            v.sendToNeighbours(v.longId() == 6 ? Double.NEGATIVE_INFINITY : -v.superstep() / 7.0);
            if (v.superstep() == 1) {
                return v.doubleValue();
            }
            double late = v.superstep() >= 3 ? v.aggregated(LATE) : 0;
            return late + v.aggregated(EARLY) + (v.hasMessage() ? message : 1);
        }
    }

    @Test
    void everyKindOfDoubleAndAggregatorEndsTheSameFromEveryCheckpoint() throws Exception {
        Recovery.of(job(Several.class, 4));
    }

    @Test
    void weightsAreInCheckpoints() throws Exception {
        Recovery.of(FakeJob.of(PageRank.class)
                .graph("1\n2\n3\n", "1 2 0.5\n2 3 0.25\n3 1 7\n1 3 1\n")
                .set(GraphSettings.WEIGHTED, true)
                .set(GraphSettings.ITERATIONS, 2)
                .tasks(2));
    }

    /** Columns are made anew of rows: in the order that the program wants. */
    @Test
    void columnsThatAreReadAreThoseThatWereLoaded() throws Exception {
        StringBuilder edges = new StringBuilder();
        for (int e = 0; e < 100; e++) {
            edges.append(1 + e % 7)
                    .append(' ')
                    .append(1 + e % 5)
                    .append(' ')
                    .append(e * 37 % 11)
                    .append('\n');
        }
        for (Class<?> program : List.of(ShortestPaths.class, PageRank.class)) {
            FakeJob.Result result = job(program, 3)
                    .graph(VERTICES, edges.toString())
                    .set(GraphSettings.WEIGHTED, true)
                    .set(GraphSettings.SOURCE, 1)
                    .set(GraphSettings.ITERATIONS, 2)
                    .checkpointing()
                    .run();
            FakeJob.Result again = job(program, 3)
                    .graph(VERTICES, edges.toString())
                    .set(GraphSettings.WEIGHTED, true)
                    .set(GraphSettings.SOURCE, 1)
                    .set(GraphSettings.ITERATIONS, 2)
                    .from(first(result), List.of())
                    .run();
            for (int task = 0; task < 3; task++) {
                Partition loaded = partition(result, task);
                Partition read = partition(again, task);
                assertThat(read).isNotSameAs(loaded);
                same(read.local(), loaded.local(), program == ShortestPaths.class);
                for (int other = 0; other < 3; other++) {
                    if (other != task && loaded.incoming()[other].mirrored() != null) {
                        same(
                                read.incoming()[other].mirrored(),
                                loaded.incoming()[other].mirrored(),
                                program == ShortestPaths.class);
                    }
                }
            }
        }
    }

    private static Partition partition(FakeJob.Result result, int task) {
        SortedMap<String, Object> kept = result.kept().get(task);
        return ((Topology) kept.get(kept.firstKey())).partition();
    }

    private static void same(Segment read, Segment loaded, boolean ascending) {
        assertThat(read.columnSource).isEqualTo(loaded.columnSource);
        assertThat(read.columnWeight).isEqualTo(loaded.columnWeight);
        assertThat(read.ascending).isEqualTo(loaded.ascending).isEqualTo(ascending);
    }

    @Test
    void theTopologyIsWrittenOnceInAGeneration() throws Exception {
        FakeJob.Result result = pageRank(3).checkpointing().run();
        assertThat(result.checkpoints()).hasSize(4);
        for (int task = 0; task < 3; task++) {
            int at = task;
            assertThat(result.checkpoints().values())
                    .extracting(checkpoint -> checkpoint.parts().get(at).key(TopologySection.NAME))
                    .containsOnly("t" + task + "-g1-topology-0");
        }
    }

    @Test
    void aKeptGraphOfAnotherLoadingIsNotTaken() throws Exception {
        FakeJob job = pageRank(3).checkpointing();
        FakeCheckpoint first = first(job.run());
        FakeJob.Result loadedAgain = job.run();
        FakeCheckpoint broken = first.with(1, TopologySection.NAME, bytes -> new byte[0]);
        assertThatThrownBy(() -> job.from(broken, loadedAgain.kept()).run())
                .hasMessageEndingWith("section 'topology' ends too early");
        FakeJob.Result result = job.from(first, loadedAgain.kept()).run();
        assertThat(result.parts()).usingElementComparator(Arrays::compare).isEqualTo(loadedAgain.parts());
    }

    @Test
    void timesGoOnFromTheCheckpoint() throws Exception {
        FakeJob job = pageRank(1).checkpointing();
        FakeCheckpoint late =
                first(job.run()).with(0, SavedRun.NAME, bytes -> Recovery.withTimes(bytes, 3_600_000_000_000L));
        FakeJob.Result result = job.from(late, List.of()).run();
        assertThat(result.facts().get("load_ms")).isBetween(3_600_000L, 7_000_000L);
        assertThat(result.facts().get("compute_ms")).isBetween(3_600_000L, 7_000_000L);
        FakeJob.Result again = job.from(first(result), List.of()).run();
        assertThat(again.facts().get("load_ms"))
                .isGreaterThanOrEqualTo(result.facts().get("load_ms"));
        assertThat(again.facts().get("compute_ms")).isBetween(3_600_000L, 7_000_000L);
    }

    @Test
    void aSectionThatEndsTooEarlyIsToldInOneLine() throws Exception {
        FakeJob numbers = pageRank(2).checkpointing();
        FakeJob texts =
                job(ConnectedComponents.class, 2).set(GraphSettings.IDS, "text").checkpointing();
        for (FakeJob job : List.of(numbers, texts)) {
            FakeCheckpoint first = first(job.run());
            for (String section : List.of(SavedRun.NAME, TopologySection.NAME)) {
                int length = first.parts().get(1).bytes(section).length;
                for (int end = 0; end < length; end += 7) {
                    int cut = end;
                    FakeCheckpoint broken = first.with(1, section, bytes -> Arrays.copyOf(bytes, cut));
                    assertThatThrownBy(() -> job.from(broken, List.of()).run())
                            .isInstanceOf(DamagedCheckpointException.class)
                            .hasMessageMatching("cannot begin from the checkpoint of superstep \\d+: section '"
                                    + section + "' ends too early");
                }
            }
        }
    }

    @Test
    void aSectionThatDoesNotFitIsToldInOneLine() throws Exception {
        FakeJob job = pageRank(2).checkpointing();
        FakeCheckpoint first = first(job.run());
        List<FakePart> swapped = new ArrayList<>(first.parts());
        Collections.swap(swapped, 0, 1);
        assertThatThrownBy(() -> job.from(new FakeCheckpoint(first.superstep(), swapped), List.of())
                        .run())
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageMatching(".*: section 'topology' has task \\d of 2, not \\d of 2");
        assertThatThrownBy(() -> job.from(first.with(0, SavedRun.NAME, RecoveryTest::otherFormat), List.of())
                        .run())
                .hasMessageEndingWith(": section 'graph' has format 2, not 1");
        assertThatThrownBy(() -> job.from(first.with(1, SavedRun.NAME, RecoveryTest::longer), List.of())
                        .run())
                .hasMessageEndingWith(": section 'graph' has something else where it should end");
        assertThatThrownBy(() -> job(GraphRunTest.Greatest.class, 2)
                        .from(first, List.of())
                        .run())
                .hasMessageEndingWith(": section 'graph' has bytes a value 8, not 4");
    }

    /** An array whose last number, what should end it, is another. */
    private static byte[] longer(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length - 1]++;
        return other;
    }

    private static byte[] otherFormat(byte[] bytes) {
        byte[] other = bytes.clone();
        other[0]++;
        return other;
    }

    private static FakeCheckpoint first(FakeJob.Result result) {
        return result.checkpoints().get(result.checkpoints().firstKey());
    }
}
