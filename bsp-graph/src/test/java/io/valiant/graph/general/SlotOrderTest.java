package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.GraphSink;
import io.valiant.graph.InputLine;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexReader;
import io.valiant.graph.VertexWriter;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.Recovery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.junit.jupiter.api.Test;

/** Loading numbers vertices by their edges, and nothing else follows from it. */
class SlotOrderTest {
    private static final int VERTICES = 5_000;

    /** Ids that edges name and no line of vertices does, which are dropped. */
    private static final int MISSING = 100;

    private static int edges(int id) {
        return id % 5 == 0 ? 0 : Integer.hashCode(id * 0x9E3779B9) >>> 29;
    }

    private static int target(int id, int edge) {
        return (int) ((id * 31L + edge * 1009L + 7) % (VERTICES + MISSING));
    }

    private static boolean isThere(int id, int edge) {
        return target(id, edge) < VERTICES;
    }

    private static long value(int id) {
        return id % 3 == 0 ? 0 : 1_000L + id;
    }

    /** Sends its value along its edges, twice, by which a vertex has the sums of what its sources had. */
    public static final class Sums extends VertexProgram<LongWritable, LongWritable, IntWritable, LongWritable> {
        @Override
        public void setup(ProgramSetup graph) {}

        @Override
        public VertexReader<LongWritable, LongWritable, IntWritable> reader() {
            return Sums::read;
        }

        private static void read(InputLine line, GraphSink<LongWritable, LongWritable, IntWritable> into)
                throws BspException {
            int id = Integer.parseInt(line.text().substring(1));
            if (line.text().startsWith("e")) {
                for (int e = 0; e < edges(id); e++) {
                    into.edge(new LongWritable(id), new LongWritable(target(id, e)), new IntWritable(e));
                }
            } else if (value(id) == 0) {
                into.vertex(new LongWritable(id));
            } else {
                into.vertex(new LongWritable(id), new LongWritable(value(id)));
            }
        }

        @Override
        public void compute(
                Vertex<LongWritable, LongWritable, IntWritable, LongWritable> v, Iterable<LongWritable> messages) {
            long sum = 0;
            for (LongWritable message : messages) {
                sum += message.get();
            }
            if (v.superstep() > 0) {
                v.value().set(sum);
            }
            if (v.superstep() < 2) {
                v.sendToNeighbours(v.value());
            } else {
                v.voteToHalt();
            }
        }

        @Override
        public VertexWriter<LongWritable, LongWritable, IntWritable, LongWritable> writer() {
            return (v, out) -> {
                List<String> edges = new ArrayList<>();
                v.edges().forEach(edge -> edges.add(edge.target() + ":" + edge.value()));
                out.writeLine(v.id() + " " + v.value() + " " + String.join(",", edges));
            };
        }
    }

    private static long[] sums(long[] values) {
        long[] sums = new long[VERTICES];
        for (int id = 0; id < VERTICES; id++) {
            for (int e = 0; e < edges(id); e++) {
                if (isThere(id, e)) {
                    sums[target(id, e)] += values[id];
                }
            }
        }
        return sums;
    }

    private static SortedMap<String, String> expected() {
        long[] values = new long[VERTICES];
        for (int id = 0; id < VERTICES; id++) {
            values[id] = value(id);
        }
        values = sums(sums(values));
        SortedMap<String, String> expected = new TreeMap<>();
        for (int id = 0; id < VERTICES; id++) {
            List<String> edges = new ArrayList<>();
            for (int e = 0; e < edges(id); e++) {
                if (isThere(id, e)) {
                    edges.add(target(id, e) + ":" + e);
                }
            }
            expected.put("" + id, values[id] + " " + String.join(",", edges));
        }
        return expected;
    }

    private static FakeJob job(int tasks, boolean edgesFirst) {
        StringBuilder vertices = new StringBuilder();
        StringBuilder edges = new StringBuilder();
        for (int id = 0; id < VERTICES; id++) {
            vertices.append('v').append(id).append('\n');
            edges.append('e').append(id).append('\n');
        }
        return FakeJob.of(Sums.class)
                .graph(
                        edgesFirst
                                ? edges.append(vertices).toString()
                                : vertices.append(edges).toString(),
                        "")
                .set(GraphSettings.LENIENT, true)
                .tasks(tasks);
    }

    @Test
    void valuesAndEdgesStayWithTheirVertices() throws BspException {
        SortedMap<String, String> expected = expected();
        assertThat(job(1, false).run().values()).isEqualTo(expected);
        assertThat(job(1, true).run().values()).isEqualTo(expected);
        assertThat(job(3, true).run().values()).isEqualTo(expected);
    }

    @Test
    void checkpointsAndFilesKnowTheirSlots() throws Exception {
        SortedMap<String, String> expected = expected();
        assertThat(Recovery.of(job(2, true)).values()).isEqualTo(expected);
        assertThat(job(2, true).memoryShare(1 << 14).run().values()).isEqualTo(expected);
    }

    @Test
    void thoseOfMoreEdgesComeFirstInEachBlock() throws BspException {
        List<Integer> inOrder = new String(job(1, false).run().parts().get(0), StandardCharsets.UTF_8)
                .lines()
                .map(line -> Integer.valueOf(line.substring(0, line.indexOf(' '))))
                .toList();
        List<Integer> expected = new ArrayList<>();
        int wide = (VERTICES + MISSING) / GraphBuilder.BLOCKS;
        for (int from = 0; from < VERTICES; from += wide) {
            List<Integer> block = new ArrayList<>();
            for (int id = from; id < Math.min(VERTICES, from + wide); id++) {
                block.add(id);
            }
            // a stable sort: those of as many edges stay in the order in which they came
            block.sort((a, b) -> edges(b) - edges(a));
            expected.addAll(block);
        }
        assertThat(inOrder).isEqualTo(expected);
        assertThat(inOrder).isNotEqualTo(inOrder.stream().sorted().toList());
    }

    @Test
    void recordsGoWithTheirNumbers() {
        ByteRecords records = new ByteRecords();
        records.grow(3);
        records.put(0, new byte[] {1, 2, 3}, 0, 3);
        records.put(2, new byte[] {4}, 0, 1);
        records.renumber(new int[] {2, 0, 1});
        ByteInput in = new ByteInput();
        assertThat(records.length(0)).isZero();
        assertThat(records.open(1, in).bytes()[in.position()]).isEqualTo((byte) 4);
        assertThat(records.open(2, in).remaining()).isEqualTo(3);
        assertThat(in.bytes()[in.position() + 2]).isEqualTo((byte) 3);
    }
}
