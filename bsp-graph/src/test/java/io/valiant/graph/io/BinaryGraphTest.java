package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Settings;
import io.valiant.graph.Edge;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.algorithm.ClusteringCoefficient;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.LabelPropagation;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.algorithm.Reference;
import io.valiant.graph.algorithm.ShortestPaths;
import io.valiant.graph.fake.FakeJob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryGraphTest {
    @TempDir
    private Path folder;

    private Path written(FakeJob source, Map<String, String> settings, String name) throws BspException {
        GraphFormat format = GraphFormat.of(new Settings(settings));
        GraphInput input = source.read(format);
        Path file = folder.resolve(name);
        new BinaryGraphWriter().write(input, format, file);
        return file;
    }

    private Path small() throws BspException {
        return written(FakeJob.of(PageRank.class).graph("3\n1\n2\n", "3 1\n2 3\n"), new TreeMap<>(), "small");
    }

    @Test
    void everyAlgorithmSaysTheSameOfTheBinaryFormAndOfAdjacency() throws Exception {
        for (int seed = 0; seed < 6; seed++) {
            Reference graph = Reference.random(new Random(seed), seed % 2 == 1);
            Map<String, String> settings = new TreeMap<>(Map.of(GraphSettings.WEIGHTED, "true"));
            Path file = written(
                    FakeJob.of(PageRank.class).graph(graph.vertexText(), graph.weightedEdgeText()),
                    settings,
                    "g" + seed);
            for (Class<?> program : List.of(
                    PageRank.class,
                    ConnectedComponents.class,
                    LabelPropagation.class,
                    ClusteringCoefficient.class,
                    ShortestPaths.class)) {
                boolean weighted = program == ShortestPaths.class;
                FakeJob text = job(program, graph, weighted)
                        .graph(graph.vertexText(), weighted ? graph.weightedEdgeText() : graph.edgeText());
                FakeJob binary = job(program, graph, weighted).binary(file);
                FakeJob adjacency =
                        job(program, graph, weighted).input(GraphSettings.ADJACENCY, graph.adjacencyText(weighted));
                assertThat(binary.run().values()).isEqualTo(text.run().values());
                if (program == PageRank.class) {
                    // sums in another order
                    assertThat(adjacency.run().values()).hasSize(graph.ids.size());
                } else {
                    assertThat(adjacency.run().values()).isEqualTo(text.run().values());
                }
            }
        }
    }

    /** Takes what its edges weigh. */
    public static final class Narrow extends VertexProgram<LongWritable, LongWritable, FloatWritable, NullWritable> {
        @Override
        public void compute(
                Vertex<LongWritable, LongWritable, FloatWritable, NullWritable> v, Iterable<NullWritable> messages) {
            v.voteToHalt();
        }
    }

    @Test
    void weightsThatAFloatCannotHoldAreRefusedAsInText() throws Exception {
        String edges = "1 2 2.5\n1 2 1e300\n";
        Map<String, String> settings = new TreeMap<>(Map.of(GraphSettings.WEIGHTED, "true"));
        Path file = written(FakeJob.of(PageRank.class).graph("1\n2\n", edges), settings, "wide");
        FakeJob job = FakeJob.of(Narrow.class).set(GraphSettings.WEIGHTED, true);
        assertThatThrownBy(() -> job.binary(file).run())
                .hasMessageContaining("has the weight 1.0E300, which is not one of " + FloatWritable.class.getName());
        assertThatThrownBy(() -> FakeJob.of(Narrow.class)
                        .set(GraphSettings.WEIGHTED, true)
                        .graph("1\n2\n", edges)
                        .run())
                .hasMessageContaining("line 2", "has a weight that is not one of " + FloatWritable.class.getName());
    }

    /** Adds up what its edges weigh. */
    public static final class Weighing extends VertexProgram<LongWritable, LongWritable, LongWritable, NullWritable> {
        @Override
        public void compute(
                Vertex<LongWritable, LongWritable, LongWritable, NullWritable> v, Iterable<NullWritable> messages) {
            for (Edge<LongWritable, LongWritable> edge : v.edges()) {
                v.value().set(v.value().get() + edge.value().get());
            }
            v.voteToHalt();
        }
    }

    @Test
    void wholeWeightsAreReadAsTheyStandInATextOfEdges() throws Exception {
        String edges = "1 2 10000000\n1 3 123456789012\n2 3 -0\n3 1 -7\n";
        Map<String, String> settings = new TreeMap<>(Map.of(GraphSettings.WEIGHTED, "true"));
        Path file = written(FakeJob.of(PageRank.class).graph("1\n2\n3\n", edges), settings, "whole");
        assertThat(FakeJob.of(Weighing.class)
                        .set(GraphSettings.WEIGHTED, true)
                        .binary(file)
                        .run()
                        .values())
                .hasToString("{1=123466789012, 2=0, 3=-7}");
        Path broken = written(FakeJob.of(PageRank.class).graph("1\n2\n", "1 2 2.5\n"), settings, "broken");
        assertThatThrownBy(() -> FakeJob.of(Weighing.class)
                        .set(GraphSettings.WEIGHTED, true)
                        .binary(broken)
                        .run())
                .hasMessageContaining("has the weight 2.5, which is not one of " + LongWritable.class.getName());
    }

    /** Ids that are their places, that are nearly so, that are small, and others; with more edges than are looked at together. */
    @Test
    void idsAreReadWhateverTheirPlaces() throws Exception {
        for (long[] form : new long[][] {{1, 0}, {1, 1}, {3, 0}, {1_000_003, -50}}) {
            StringBuilder vertices = new StringBuilder();
            StringBuilder edges = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int v = 0; v < 100; v++) {
                vertices.append(v * form[0] + form[1]).append('\n');
            }
            for (int e = 0; e < 20_000; e++) {
                long source = e * 7 % 100 * form[0] + form[1];
                long target = e * 31 % 97 * form[0] + form[1];
                edges.append(source)
                        .append(' ')
                        .append(target)
                        .append(' ')
                        .append(e)
                        .append('\n');
                expected.add(source + ">" + target + ":" + (double) e);
            }
            GraphFormat format = new GraphFormat(true, true, false, null);
            Path file = written(
                    FakeJob.of(PageRank.class).graph(vertices.toString(), edges.toString()),
                    new TreeMap<>(Map.of(GraphSettings.WEIGHTED, "true")),
                    "places" + form[1]);
            GraphInput input = new GraphInput(split -> null, format, List.of(), List.of(), List.of());
            try (BinaryGraph graph = BinaryGraph.open(file)) {
                assertThat(graph.isOrdinal()).isEqualTo(form[0] == 1 && form[1] == 0);
                input.take(new BinaryShare(graph, 0, 50, 0, 10_000));
                input.take(new BinaryShare(graph, 50, 100, 10_000, 20_000));
            }
            assertThat(edges(input)).isEqualTo(expected);
            assertThat(input.vertices().ids().count()).isEqualTo(100);
        }
    }

    private static List<String> edges(GraphInput input) {
        List<String> edges = new ArrayList<>();
        EdgeStage stage = input.edges();
        IdSet ids = input.ends().ids();
        for (int p = 0; p < stage.pieces(); p++) {
            for (int i = 0; i < stage.pieceSize(p); i++) {
                int source = stage.pairs(p)[2 * i];
                int target = stage.pairs(p)[2 * i + 1];
                edges.add(ids.text(source) + ">" + ids.text(target) + ":" + stage.weights(p)[i]);
            }
        }
        return edges;
    }

    private static FakeJob job(Class<?> program, Reference graph, boolean weighted) {
        return FakeJob.of(program)
                .set(GraphSettings.DIRECTED, graph.directed)
                .set(GraphSettings.WEIGHTED, weighted)
                .set(GraphSettings.SOURCE, graph.ids.get(0))
                .set(GraphSettings.ITERATIONS, program == PageRank.class ? 4 : 9)
                .tasks(3);
    }

    @Test
    void itIsReadAsItWasWritten() throws Exception {
        try (BinaryGraph graph = BinaryGraph.open(small())) {
            assertThat(graph.vertices()).isEqualTo(3);
            assertThat(graph.edges()).isEqualTo(2);
            assertThat(graph.form()).isEqualTo(IdForm.LONG);
            assertThat(graph.longId(0)).isEqualTo(1);
            assertThat(graph.longId(2)).isEqualTo(3);
            int[] first = new int[2];
            graph.edges(0, first, 1);
            assertThat(first).containsExactly(2, 0);
        }
    }

    @Test
    void aChangeOfAnyByteIsTold() throws Exception {
        byte[] whole = Files.readAllBytes(small());
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 4;
            Path file = Files.write(folder.resolve("changed"), changed);
            assertThatThrownBy(() -> readAll(file))
                    .isInstanceOf(BspException.class)
                    .hasMessageMatching(
                            file + " (is damaged: .*|is not a binary graph; .*|is a binary graph of version .*)");
        }
    }

    @Test
    void everyOtherLengthIsTold() throws Exception {
        byte[] whole = Files.readAllBytes(small());
        for (int length = 0; length < whole.length + 9; length++) {
            if (length != whole.length) {
                Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> readAll(file))
                        .hasMessageMatching(file + " (is damaged: it has .* bytes where .*|is not a binary graph; .*)");
            }
        }
    }

    @Test
    void aHeadThatPromisesTooMuchIsTold() throws IOException, BspException {
        byte[] whole = Files.readAllBytes(small());
        for (int at : new int[] {16, 24, 32}) {
            ByteBuffer changed = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
            changed.putLong(at, Long.MAX_VALUE / 2);
            changed.putInt(44, BinaryLayout.crc(changed.duplicate().limit(44)));
            Path file = Files.write(folder.resolve("greedy"), changed.array());
            assertThatThrownBy(() -> readAll(file)).hasMessageContaining("is damaged: it has");
        }
    }

    @Test
    void aWeightThatIsNotFiniteIsTold() throws Exception {
        Path file = written(
                FakeJob.of(PageRank.class).graph("1\n2\n", "1 2 0.5\n"), Map.of(GraphSettings.WEIGHTED, "true"), "w");
        for (double weight : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 7}) {
            ByteBuffer changed = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int at = 48;
            while (changed.getDouble(at) != 0.5) {
                at++;
            }
            int table = changed.limit() - Integer.BYTES;
            changed.putDouble(at, weight);
            changed.putInt(
                    table, BinaryLayout.crc(changed.duplicate().position(48).limit(table)));
            changed.putInt(40, BinaryLayout.crc(changed.duplicate().position(table)));
            changed.putInt(44, BinaryLayout.crc(changed.duplicate().limit(44)));
            Path other = Files.write(folder.resolve("w" + weight), changed.array());
            FakeJob job = FakeJob.of(ShortestPaths.class)
                    .set(GraphSettings.WEIGHTED, true)
                    .set(GraphSettings.SOURCE, "1")
                    .binary(other);
            if (Double.isFinite(weight)) {
                assertThat(job.run().values()).containsEntry("2", "7.0");
            } else {
                assertThatThrownBy(job::run).hasMessage(other + " is damaged: edge 0 has a weight that is not finite");
            }
        }
    }

    @Test
    void aForeignFileIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "1 2\n".repeat(40));
        assertThatThrownBy(() -> readAll(file))
                .hasMessage(file + " is not a binary graph; graph convert makes one of text");
        assertThatThrownBy(() -> readAll(folder.resolve("nobody")))
                .hasMessageStartingWith(folder.resolve("nobody") + " cannot be read: ");
    }

    @Test
    void unknownEndsAreRefusedOrLeftOut() throws Exception {
        FakeJob source = FakeJob.of(PageRank.class).graph("1\n2\n", "1 2\n1 7\n2 1\n");
        assertThatThrownBy(() -> written(source, new TreeMap<>(), "strict"))
                .hasMessageStartingWith("test.e line 2 '1 7' names vertex '7'");
        Path file = written(source, Map.of(GraphSettings.LENIENT, "true"), "lenient");
        try (BinaryGraph graph = BinaryGraph.open(file)) {
            assertThat(graph.edges()).isEqualTo(2);
        }
    }

    @Test
    void aGraphWithoutWeightsIsRefusedWhereTheyAreWanted() throws Exception {
        Path file = small();
        assertThatThrownBy(() -> FakeJob.of(ShortestPaths.class)
                        .set(GraphSettings.WEIGHTED, true)
                        .set(GraphSettings.SOURCE, "1")
                        .binary(file)
                        .run())
                .hasMessage(file + " has no weights; convert it with --weighted");
    }

    private static void readAll(Path file) throws BspException {
        try (BinaryGraph graph = BinaryGraph.open(file)) {
            for (long v = 0; v < graph.vertices(); v++) {
                graph.longId(v);
            }
            for (long e = 0; e < graph.edges(); e++) {
                graph.edges(e, new int[2], 1);
            }
        }
    }
}
