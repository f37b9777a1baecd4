package io.valiant.benchmark.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 0 to 1 and 2, 2 to 1, a sink 1, a vertex 3 alone; the last line has no end. */
class ReferenceTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @TempDir
    private Path folder;

    private Reference reference;

    @BeforeEach
    void read() throws IOException {
        Path file = Files.writeString(folder.resolve("g.e"), "0 1 9.75\n0\t2 3\n2 1 2");
        reference = new Reference(Edges.read(file), 4);
    }

    @Test
    void ranksSpreadTheMassOfSinks() {
        // ranks are 1/4 each: 1 and 3 are sinks
        double base = 0.15 / 4 + 0.85 * 0.5 / 4;
        double[] ranks = reference.pageRank(1);
        assertThat(ranks[0]).isEqualTo(base, within(1e-15));
        assertThat(ranks[1]).isEqualTo(base + 0.85 * (0.125 + 0.25), within(1e-15));
        assertThat(ranks[2]).isEqualTo(base + 0.85 * 0.125, within(1e-15));
        assertThat(Arrays.stream(reference.pageRank(20)).sum()).isEqualTo(1, within(1e-12));
    }

    @Test
    void levelsCountEdgesAndDistancesWeights() {
        assertThat(reference.levels(0)).containsExactly(0, 1, 1, INFINITY);
        assertThat(reference.distances(0)).containsExactly(0, 5, 3, INFINITY);
    }

    @Test
    void componentsDisregardDirection() throws IOException {
        assertThat(reference.components()).containsExactly(0, 0, 0, 3);
        Path file = Files.writeString(folder.resolve("h.e"), "3 2\n1 2\n");
        assertThat(new Reference(Edges.read(file), 4).components()).containsExactly(0, 1, 1, 1);
    }

    @Test
    void edgesCanBeWrittenBothWays() throws IOException {
        Path both = folder.resolve("both.el");
        Edges.read(Files.writeString(folder.resolve("g.e"), "1 2 7\n4 3 7\n")).writeBothWays(both);
        assertThat(Files.readString(both)).isEqualTo("1 2\n2 1\n4 3\n3 4\n");
    }
}
