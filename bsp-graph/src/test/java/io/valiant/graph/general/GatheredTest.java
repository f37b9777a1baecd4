package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexWriter;
import io.valiant.graph.fake.FakeJob;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;

/** Messages by mirrors, more of them than are gathered at a time, and more for one vertex than are gathered at all. */
class GatheredTest {
    private static final int LEAVES = 40_000;
    private static final int HUB = LEAVES;
    private static final String DIGITS = "digits";

    /**
     * Leaves tell their numbers to the hub and to the next leaf. A vertex has of the messages: how many, whether they ascend and
     * were the same when read again, and the first.
     */
    public static final class Numbers extends VertexProgram<LongWritable, Text, NullWritable, Text> {
        private final Text message = new Text();
        private int digits;

        @Override
        public void setup(ProgramSetup graph) throws BspException {
            digits = (int) graph.settings().getLong(DIGITS, 0);
        }

        @Override
        public void compute(Vertex<LongWritable, Text, NullWritable, Text> v, Iterable<Text> messages) {
            if (v.superstep() == 0) {
                message.set("0".repeat(digits - ("" + v.number()).length()) + v.number());
                v.sendToNeighbours(message);
                return;
            }
            long sum = 0;
            for (Text got : messages) {
                sum += number(got);
            }
            int count = 0;
            long before = -1;
            long first = -1;
            boolean ascending = true;
            for (Text got : messages) {
                long number = number(got);
                first = count == 0 ? number : first;
                ascending &= number > before;
                before = number;
                sum -= number;
                count++;
            }
            v.value().set(count + " " + ascending + " " + sum + " " + first);
            v.voteToHalt();
        }

        private long number(Text got) {
            assertThat(got.getLength()).isEqualTo(digits);
            return Long.parseLong(got.toString());
        }

        @Override
        public VertexWriter<LongWritable, Text, NullWritable, Text> writer() {
            return (v, out) -> out.writeLine(v.id() + " " + v.number() + " " + v.value());
        }
    }

    private static void check(int digits) throws BspException {
        StringBuilder vertices = new StringBuilder();
        StringBuilder edges = new StringBuilder();
        for (int id = 0; id < LEAVES; id++) {
            vertices.append(id).append('\n');
            edges.append(id).append(' ').append(HUB).append('\n');
            edges.append(id).append(' ').append((id + 1) % LEAVES).append('\n');
        }
        vertices.append(HUB).append('\n');
        SortedMap<String, String> values = FakeJob.of(Numbers.class)
                .graph(vertices.toString(), edges.toString())
                .set(DIGITS, digits)
                .set("graph.iterations", 1)
                .tasks(1)
                .run()
                .values();
        Map<String, String> numbers = new HashMap<>();
        values.forEach((id, line) -> numbers.put(id, line.substring(0, line.indexOf(' '))));
        for (int id = 0; id < LEAVES; id++) {
            String from = "" + (id + LEAVES - 1) % LEAVES;
            assertThat(values.get("" + id)).isEqualTo(numbers.get("" + id) + " 1 true 0 " + numbers.get(from));
        }
        assertThat(values.get("" + HUB)).startsWith(numbers.get("" + HUB) + " " + LEAVES + " true 0 ");
    }

    @Test
    void asLongAsLongs() throws BspException {
        check(7);
    }

    @Test
    void ofOtherLengths() throws BspException {
        check(15);
    }

    @Test
    void tooLongToBeGathered() throws BspException {
        check(100);
    }
}
