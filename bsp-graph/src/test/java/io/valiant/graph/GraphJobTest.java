package io.valiant.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobInput;
import io.valiant.graph.algorithm.PageRank;
import org.junit.jupiter.api.Test;

class GraphJobTest {
    @Test
    void aGraphJobIsAJobWithTwoInputsAndSettings() {
        BspJob job = GraphJob.of(PageRank.class)
                .vertices("file:///g.v")
                .edges("file:///g.e")
                .undirected()
                .iterations(20)
                .output("file:///out")
                .tasks(4);
        assertThat(job.type()).isEqualTo("graph");
        assertThat(job.loadedFrom()).isEqualTo(PageRank.class);
        assertThat(job.inputs())
                .containsExactly(
                        new JobInput("vertices", "file:///g.v", "text"), new JobInput("edges", "file:///g.e", "text"));
        assertThat(job.settings()).hasToString("{graph.directed=false, graph.iterations=20}");
    }
}
