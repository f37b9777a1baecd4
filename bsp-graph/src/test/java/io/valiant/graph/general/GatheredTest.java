package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexWriter;
import io.valiant.graph.fake.FakeJob;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;

/** Messages by mirrors: more of them than are gathered at a time, and more for one vertex than are gathered at all. */
class GatheredTest {
    private static final int LEAVES = 40_000;
    private static final int HUB = LEAVES;

    /** Of fewer leaves than are gathered at all, but more than at a time. */
    private static final int SMALL_HUB = LEAVES + 1;

    private static final int LEAVES_OF_SMALL = 5_000;
    private static final int AHEAD = 3;
    private static final int ROUNDS = 2;
    private static final String DIGITS = "digits";

    /**
     * Leaves tell their numbers to the hubs and to the next three leaves, in the second round one more than these. A vertex has of
     * the messages of each round: how many, whether they ascend and were the same when read again, and their sum.
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
            if (v.superstep() > 0) {
                v.value().set(v.value() + told(messages));
            }
            if (v.superstep() < ROUNDS) {
                String number = "" + (v.number() + v.superstep());
                message.set("0".repeat(digits - number.length()) + number);
                v.sendToNeighbours(message);
            } else {
                v.voteToHalt();
            }
        }

        private String told(Iterable<Text> messages) {
            long again = 0;
            for (Text got : messages) {
                again += number(got);
            }
            int count = 0;
            long sum = 0;
            long before = -1;
            boolean ascending = true;
            for (Text got : messages) {
                long number = number(got);
                ascending &= number > before;
                before = number;
                sum += number;
                count++;
            }
            return " " + count + " " + (ascending && sum == again) + " " + sum;
        }

        private long number(Text got) {
            assertThat(got.getLength()).isEqualTo(digits);
            return Long.parseLong(got.toString());
        }

        @Override
        public VertexWriter<LongWritable, Text, NullWritable, Text> writer() {
            return (v, out) -> out.writeLine(v.id() + " " + v.number() + v.value());
        }
    }

    private static void check(int digits) throws BspException {
        StringBuilder vertices = new StringBuilder();
        StringBuilder edges = new StringBuilder();
        for (int id = 0; id < LEAVES; id++) {
            vertices.append(id).append('\n');
            edges.append(id).append(' ').append(HUB).append('\n');
            for (int ahead = 1; ahead <= AHEAD; ahead++) {
                edges.append(id).append(' ').append((id + ahead) % LEAVES).append('\n');
            }
            if (id < LEAVES_OF_SMALL) {
                edges.append(id).append(' ').append(SMALL_HUB).append('\n');
            }
        }
        vertices.append(HUB).append('\n').append(SMALL_HUB).append('\n');
        SortedMap<String, String> values = FakeJob.of(Numbers.class)
                .graph(vertices.toString(), edges.toString())
                .set(DIGITS, digits)
                .set("graph.iterations", ROUNDS)
                .tasks(1)
                .run()
                .values();
        long[] numbers = new long[LEAVES];
        for (int id = 0; id < LEAVES; id++) {
            String line = values.get("" + id);
            numbers[id] = Long.parseLong(line.substring(0, line.indexOf(' ')));
        }
        for (int id = 0; id < LEAVES; id++) {
            long sum = 0;
            for (int behind = 1; behind <= AHEAD; behind++) {
                sum += numbers[(id + LEAVES - behind) % LEAVES];
            }
            assertThat(values.get("" + id)).isEqualTo(numbers[id] + told(AHEAD, sum));
        }
        assertThat(values.get("" + HUB))
                .endsWith(told(LEAVES, Arrays.stream(numbers).sum()));
        assertThat(values.get("" + SMALL_HUB))
                .endsWith(told(
                        LEAVES_OF_SMALL,
                        Arrays.stream(numbers, 0, LEAVES_OF_SMALL).sum()));
    }

    private static String told(int count, long sum) {
        return " " + count + " true " + sum + " " + count + " true " + (sum + count);
    }

    @Test
    void gathersInTheOrderOfTheIndexAnewInEachSuperstep() throws IOException {
        Mirrors mirrors = new Mirrors();
        mirrors.put(0, new int[] {1, 0}, 2);
        mirrors.put(2, new int[] {1}, 1);
        MirrorIndex index = new MirrorIndex(new Mirrors[] {mirrors}, 2);
        MirroredMail mail = new MirroredMail();
        for (int superstep = 0; superstep < 2; superstep++) {
            for (int length : new int[] {0, 1, 8}) {
                byte[] sent = new byte[2 * length];
                Arrays.fill(sent, 0, length, (byte) (10 * superstep + length));
                Arrays.fill(sent, length, 2 * length, (byte) (10 * superstep + length + 1));
                mail.clear();
                mail.add(0, new int[] {0, 2}, 2, 3, length, new ByteInput().reset(sent, 0, sent.length));
                mail.number(index);
                assertThat(mail.isEven()).isTrue();
                int first = index.begin(1) - mail.gather(index.begin(1), index.end(1));
                assertThat(mail.places()).startsWith(0, 1);
                assertThat(Arrays.copyOfRange(mail.gathered(), first * length, (first + 2) * length))
                        .isEqualTo(sent);
            }
        }
        mail.clear();
        mail.add(0, new int[] {2}, 1, 1, 1, new ByteInput().reset(new byte[1], 0, 1));
        mail.number(index);
        assertThat(mail.isEven()).isFalse();
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
