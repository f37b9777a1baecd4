package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphGeneratorTest {
    @TempDir
    private Path folder;

    @Test
    void aRecursiveMatrixHasNoLoopsNoRepeatedEdgesAndIsTheSameEachTime() throws Exception {
        GraphGenerator generator = new GraphGenerator(GraphShape.RMAT, 10, 16, 7, false, true);
        GraphGenerator.Written written = generator.write(folder.resolve("a"));
        generator.write(folder.resolve("b"));
        List<String> edges = Files.readAllLines(folder.resolve("a").resolve("graph.e"));
        assertThat(folder.resolve("b").resolve("graph.e"))
                .hasSameBinaryContentAs(folder.resolve("a").resolve("graph.e"));
        assertThat(written).isEqualTo(new GraphGenerator.Written(1024, edges.size()));
        assertThat(edges.size()).isBetween(8_000, 16_384);
        SortedSet<String> ends = new TreeSet<>();
        for (String edge : edges) {
            String[] words = edge.split(" ");
            assertThat(words).hasSize(3);
            assertThat(words[0]).isNotEqualTo(words[1]);
            assertThat(ends.add(words[0] + " " + words[1])).isTrue();
            assertThat(Integer.parseInt(words[2])).isBetween(1, 255);
        }
        assertThat(Files.readAllLines(folder.resolve("a").resolve("graph.v")))
                .hasSize(1024)
                .contains("0", "1023");
    }

    @Test
    void aRecursiveMatrixIsSkewed() throws Exception {
        new GraphGenerator(GraphShape.RMAT, 12, 16, 1, false, false).write(folder);
        int[] degree = new int[1 << 12];
        for (String edge : Files.readAllLines(folder.resolve("graph.e"))) {
            degree[Integer.parseInt(edge.substring(0, edge.indexOf(' ')))]++;
        }
        int largest = 0;
        int none = 0;
        for (int d : degree) {
            largest = Math.max(largest, d);
            none += d == 0 ? 1 : 0;
        }
        assertThat(largest).isGreaterThan(300);
        assertThat(none).isBetween(600, 2_000);
    }

    @Test
    void otherSeedsGiveOtherGraphs() throws Exception {
        new GraphGenerator(GraphShape.RMAT, 8, 4, 1, false, false).write(folder.resolve("a"));
        new GraphGenerator(GraphShape.RMAT, 8, 4, 2, false, false).write(folder.resolve("b"));
        assertThat(Files.readString(folder.resolve("a").resolve("graph.e")))
                .isNotEqualTo(Files.readString(folder.resolve("b").resolve("graph.e")));
    }

    @Test
    void undirectedEdgesAreListedOnceSmallerIdFirst() throws Exception {
        new GraphGenerator(GraphShape.RMAT, 9, 8, 3, true, false).write(folder);
        SortedSet<String> seen = new TreeSet<>();
        for (String edge : Files.readAllLines(folder.resolve("graph.e"))) {
            String[] words = edge.split(" ");
            assertThat(Integer.parseInt(words[0])).isLessThan(Integer.parseInt(words[1]));
            assertThat(seen.add(edge)).isTrue();
        }
    }

    @Test
    void plainShapesAreWhatTheirNamesSay() throws Exception {
        assertThat(edges(GraphShape.PATH, 2)).containsExactly("0 1", "1 2", "2 3");
        assertThat(edges(GraphShape.STAR, 2)).containsExactly("0 1", "0 2", "0 3");
        assertThat(edges(GraphShape.GRID, 2)).containsExactly("0 1", "0 2", "1 3", "2 3");
        assertThat(edges(GraphShape.GRID, 3))
                .contains("0 1", "0 4", "2 3", "3 7")
                .doesNotContain("3 4")
                .hasSize(10);
    }

    @Test
    void nothingIsWrittenOver() throws Exception {
        new GraphGenerator(GraphShape.PATH, 2, 1, 1, false, false).write(folder);
        assertThatThrownBy(() -> new GraphGenerator(GraphShape.STAR, 2, 1, 1, false, false).write(folder))
                .isInstanceOf(BspException.class)
                .hasMessageContaining("graph.v exists already");
    }

    private List<String> edges(GraphShape shape, int scale) throws BspException, IOException {
        Path place = folder.resolve(shape + "-" + scale);
        new GraphGenerator(shape, scale, 16, 1, false, false).write(place);
        return Files.readAllLines(place.resolve("graph.e"));
    }
}
