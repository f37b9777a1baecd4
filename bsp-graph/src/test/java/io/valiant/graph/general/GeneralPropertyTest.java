package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.GraphSettings;
import io.valiant.graph.algorithm.Reference;
import io.valiant.graph.algorithm.ShortestPaths;
import io.valiant.graph.fake.FakeJob;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Graphs by chance: general programs say what primitive and plain ones say, with any number of tasks and any memory. */
class GeneralPropertyTest {
    @Property(tries = 80)
    void shortestPathsAreThoseOfThePrimitiveEngine(
            @ForAll long seed,
            @ForAll boolean text,
            @ForAll boolean combined,
            @ForAll boolean spilled,
            @ForAll @IntRange(min = 1, max = 7) int tasks)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        FakeJob general = weighted(graph, combined ? Programs.CombinedPaths.class : Programs.Paths.class, tasks, seed);
        FakeJob.Result result = general.memoryShare(spilled ? 400 : 1 << 20).run();
        FakeJob.Result primitive =
                weighted(graph, ShortestPaths.class, tasks, seed).run();
        assertThat(result.values()).isEqualTo(primitive.values());
        assertThat(result.facts().get("supersteps")).isEqualTo(primitive.facts().get("supersteps"));
        assertThat(result.facts()).containsEntry("vertices", (long) graph.ids.size());
    }

    private static FakeJob weighted(Reference graph, Class<?> program, int tasks, long seed) {
        return FakeJob.of(program)
                .graph(graph.vertexText(), graph.weightedEdgeText())
                .set(GraphSettings.DIRECTED, graph.directed)
                .set(GraphSettings.WEIGHTED, true)
                .set(GraphSettings.SOURCE, graph.ids.get(new Random(seed).nextInt(graph.ids.size())))
                .tasks(tasks)
                .seed(seed);
    }

    @Property(tries = 150)
    void mirrorsChangeNoMessageAndNoOrder(
            @ForAll long seed, @ForAll boolean combined, @ForAll @IntRange(min = 1, max = 7) int tasks)
            throws Exception {
        FakeJob job = chatter(seed, combined, tasks);
        // several in a run, one, and such as are too long for any
        int length = List.of(1, 40, 1_500).get((int) Math.floorMod(seed, 3L));
        FakeJob.Result mirrored = job.set("length", length).run();
        FakeJob.Result mirroredOnDisk = job.memoryShare(3000).seed(seed + 2).run();
        FakeJob.Result plain = job.memoryShare(1).seed(seed + 1).run();
        assertThat(mirroredOnDisk.parts())
                .usingElementComparator(Arrays::compare)
                .isEqualTo(mirrored.parts());
        assertThat(mirrored.parts()).usingElementComparator(Arrays::compare).isEqualTo(plain.parts());
    }

    static FakeJob chatter(long seed, boolean combined, int tasks) {
        Reference graph = Reference.random(new Random(seed), true);
        return FakeJob.of(combined ? Chatter.Combined.class : Chatter.class)
                .graph(graph.vertexText(), graph.edgeText())
                .set(GraphSettings.DIRECTED, graph.directed)
                .set("seed", seed)
                .tasks(tasks)
                .seed(seed);
    }

    @Property(tries = 30)
    void whatDoesNotFitIntoMemoryComesInTheSameOrder(
            @ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 7) int tasks) throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        FakeJob job = FakeJob.of(Programs.Gossip.class)
                .graph(graph.vertexText(), graph.edgeText())
                .set(GraphSettings.DIRECTED, graph.directed)
                .tasks(tasks)
                .seed(seed);
        FakeJob.Result inMemory = job.run();
        FakeJob.Result onDisk = job.memoryShare(400).seed(seed + 1).run();
        assertThat(onDisk.parts()).usingElementComparator(Arrays::compare).isEqualTo(inMemory.parts());
    }
}
