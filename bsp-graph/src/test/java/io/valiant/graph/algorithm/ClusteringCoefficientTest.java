package io.valiant.graph.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.GraphSettings;
import io.valiant.graph.fake.FakeJob;
import org.junit.jupiter.api.Test;

/** What {@link AlgorithmsPropertyTest} leaves out: graphs with edges that are listed more than once. */
class ClusteringCoefficientTest {
    private static FakeJob job(String edges) {
        return FakeJob.of(ClusteringCoefficient.class).graph("1\n2\n3\n", edges);
    }

    @Test
    void moreThanTwoArcsJoinNobody() throws Exception {
        for (int tasks = 1; tasks <= 3; tasks++) {
            assertThat(job("1 2\n1 2\n1 2\n1 3\n2 3\n").tasks(tasks).run().values())
                    .hasToString("{1=0.5, 2=0.5, 3=1.0}");
            assertThat(job("1 2\n2 1\n1 3\n2 3\n").tasks(tasks).run().values()).hasToString("{1=0.5, 2=0.5, 3=1.0}");
        }
    }

    @Test
    void withoutDirectionsAnEdgeIsOneHoweverOftenItIsListed() throws Exception {
        assertThat(job("1 2\n2 1\n1 2\n1 3\n2 3\n")
                        .set(GraphSettings.DIRECTED, false)
                        .run()
                        .values())
                .hasToString("{1=1.0, 2=1.0, 3=1.0}");
    }
}
