package io.valiant.graph.engine;

import io.valiant.graph.GraphSettings;
import io.valiant.graph.algorithm.BreadthFirstSearch;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.LabelPropagation;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.algorithm.Reference;
import io.valiant.graph.algorithm.ShortestPaths;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.Recovery;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Graphs by chance: whichever checkpoint a run begins from, its output is the same to the byte. */
class RecoveryPropertyTest {
    @Property(tries = 12)
    void pageRankEndsTheSame(
            @ForAll long seed,
            @ForAll boolean text,
            @ForAll @IntRange(min = 1, max = 6) int tasks,
            @ForAll @IntRange(min = 0, max = 6) int iterations)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        Recovery.of(job(graph, PageRank.class, tasks, seed).set(GraphSettings.ITERATIONS, iterations));
    }

    @Property(tries = 12)
    void aSearchEndsTheSame(@ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 6) int tasks)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        String source = graph.ids.get(new Random(seed).nextInt(graph.ids.size()));
        Recovery.of(job(graph, BreadthFirstSearch.class, tasks, seed).set(GraphSettings.SOURCE, source));
    }

    @Property(tries = 12)
    void shortestPathsEndTheSame(@ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 6) int tasks)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        Recovery.of(job(graph, ShortestPaths.class, tasks, seed)
                .graph(graph.vertexText(), graph.weightedEdgeText())
                .set(GraphSettings.WEIGHTED, true)
                .set(GraphSettings.SOURCE, graph.ids.get(0)));
    }

    @Property(tries = 12)
    void communitiesEndTheSame(@ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 6) int tasks)
            throws Exception {
        Recovery.of(job(Reference.random(new Random(seed), text), LabelPropagation.class, tasks, seed)
                .set(GraphSettings.ITERATIONS, 4));
    }

    @Property(tries = 12)
    void componentsEndTheSame(@ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 6) int tasks)
            throws Exception {
        Recovery.of(job(Reference.random(new Random(seed), text), ConnectedComponents.class, tasks, seed));
    }

    private static FakeJob job(Reference graph, Class<?> program, int tasks, long seed) {
        return FakeJob.of(program)
                .graph(graph.vertexText(), graph.edgeText())
                .set(GraphSettings.DIRECTED, graph.directed)
                .tasks(tasks)
                .seed(seed);
    }
}
