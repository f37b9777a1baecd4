package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.GraphSettings;
import io.valiant.graph.algorithm.Reference;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.Recovery;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whichever checkpoint a general program begins from, its output is the same to the byte. */
class GeneralRecoveryTest {
    @Property(tries = 12)
    void pathsEndTheSame(@ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 6) int tasks)
            throws Exception {
        Reference graph = Reference.random(new Random(seed), text);
        Class<?> program = seed % 2 == 0 ? Programs.Paths.class : Programs.CombinedPaths.class;
        Recovery.of(job(graph, program, tasks, seed)
                .graph(graph.vertexText(), graph.weightedEdgeText())
                .set(GraphSettings.WEIGHTED, true)
                .set(GraphSettings.SOURCE, graph.ids.get(0)));
    }

    @Property(tries = 12)
    void ordersOfMessagesEndTheSame(
            @ForAll long seed, @ForAll boolean text, @ForAll @IntRange(min = 1, max = 6) int tasks) throws Exception {
        Recovery.of(job(Reference.random(new Random(seed), text), Programs.Gossip.class, tasks, seed));
    }

    @Property(tries = 30)
    void whatMirrorsAreForEndsTheSame(
            @ForAll long seed, @ForAll boolean combined, @ForAll @IntRange(min = 1, max = 6) int tasks)
            throws Exception {
        Recovery.of(GeneralPropertyTest.chatter(seed, combined, tasks));
    }

    @Test
    void phasesAggregatorsAndTheMastersFieldsEndTheSame() throws Exception {
        for (int tasks = 1; tasks <= 6; tasks++) {
            FakeJob.Result result = Recovery.of(FakeJob.of(Programs.Phases.class)
                    .graph("1\n2\n3\n4\n", "1 2\n2 3\n")
                    .tasks(tasks));
            assertThat(result.facts()).containsEntry("supersteps", 5L);
            assertThat(result.values())
                    .containsEntry(
                            "3",
                            ";0,0,0.0,,100"
                                    + ";1,4,2.5,v1,201"
                                    + ";1,1000,2.5,set by the master,302"
                                    + ";2,1004,2.5,v1,403"
                                    + ";2,1008,2.5,v1,504");
        }
    }

    private static FakeJob job(Reference graph, Class<?> program, int tasks, long seed) {
        return FakeJob.of(program)
                .graph(graph.vertexText(), graph.edgeText())
                .set(GraphSettings.DIRECTED, graph.directed)
                .tasks(tasks)
                .seed(seed);
    }
}
