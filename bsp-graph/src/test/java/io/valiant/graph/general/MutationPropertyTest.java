package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.GraphSettings;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.Recovery;
import java.util.SortedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A graph that changes in every way becomes what a plain program makes of it, with any number of tasks and after a failure. */
class MutationPropertyTest {
    @Property(tries = 150)
    void aGraphThatChangesIsWhatThePlainProgramMakesOfIt(
            @ForAll long seed,
            @ForAll boolean spilled,
            @ForAll @IntRange(min = 1, max = 7) int tasks,
            @ForAll @IntRange(min = 1, max = Mutating.IDS) int vertices,
            @ForAll @IntRange(min = 0, max = 9) int iterations)
            throws Exception {
        FakeJob.Result result = job(seed, vertices, iterations, tasks)
                .memoryShare(spilled ? 200 : 1 << 20)
                .run();
        SortedMap<String, String> expected = Mutating.simulate(seed, vertices, iterations);
        assertThat(result.values()).isEqualTo(expected);
        assertThat(result.facts()).containsEntry("vertices", (long) expected.size());
    }

    @Property(tries = 15)
    void aGraphThatChangesEndsTheSameFromEveryCheckpoint(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int tasks) throws Exception {
        Recovery.of(job(seed, 12, 6, tasks));
    }

    private static FakeJob job(long seed, int vertices, int iterations, int tasks) {
        StringBuilder lines = new StringBuilder();
        for (int v = 0; v < vertices; v++) {
            lines.append(v).append(v + 1 < vertices ? "\t" + (v + 1) : "").append('\n');
        }
        return FakeJob.of(Mutating.class)
                .input("input", lines.toString())
                .set("seed", seed)
                .set(GraphSettings.ITERATIONS, iterations)
                .tasks(tasks)
                .seed(seed);
    }
}
