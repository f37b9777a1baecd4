package io.valiant.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.Format;
import io.valiant.bsp.JobInput;
import io.valiant.graph.algorithm.PageRank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void dataOfPlainProgramsIsRefused(@TempDir Path folder) throws IOException {
        BspJob job = GraphJob.of(PageRank.class)
                .vertices("file:///g.v")
                .edges("file:///g.e")
                .output("file:///out")
                .outputFormat(Format.keyValue())
                .input(JobInput.of("more", "file:///m")
                        .format(Format.keyValue())
                        .partition(JobInput.HASH))
                .file(Files.writeString(folder.resolve("side"), "x"))
                .local();
        assertThatThrownBy(job::submit)
                .hasMessageContaining("a graph's results are text, not 'keyvalue'")
                .hasMessageContaining("input 'more' of a graph has neither a format nor a partition of its own")
                .hasMessageContaining("side files are for plain and superstep programs");
    }
}
