package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexWriter;
import io.valiant.graph.fake.FakeJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;

/** Messages by mirrors that lie together window by window: more than fit one, and more for one vertex than do. */
class GatheredTest {
    private static final int LEAVES = 40_000;
    private static final int HUB = LEAVES;

    /** Of so few leaves that they fit a window. */
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

    /** Each vertex but the last has a message of each mirror, the last of one: windows end within them. */
    @Test
    void opensInTheOrderOfMirrorsAnewInEachSuperstep() throws IOException {
        int sources = 50;
        int slots = 9;
        Mirrors mirrors = new Mirrors();
        for (int source = 0; source < sources; source++) {
            int[] to = IntStream.range(0, source == 7 ? slots : slots - 1).toArray();
            mirrors.put(source, to, to.length);
        }
        MirrorIndex index = new MirrorIndex(new Mirrors[] {mirrors}, slots);
        assertThat(index.windowPlaces()).isEqualTo(32).isLessThan(sources);
        MirroredMail mail = new MirroredMail();
        ByteInput in = new ByteInput();
        for (int superstep = 0; superstep < 2; superstep++) {
            for (int length : new int[] {1, 3, 8}) {
                byte[] sent = new byte[sources * length];
                for (int i = 0; i < sent.length; i++) {
                    sent[i] = (byte) (7 * superstep + length + i);
                }
                mail.clear();
                int[] all = IntStream.range(0, sources).toArray();
                mail.add(0, all, sources, index.places(), length, new ByteInput().reset(sent, 0, sent.length));
                mail.number(index);
                assertThat(mail.lieTogether(index.windowPlaces())).isTrue();
                assertThat(mail.lieTogether(index.windowPlaces() + 1)).isFalse();
                // forwards, and some once more
                for (int slot : new int[] {0, 0, 1, 2, 1, 3, 2, 4, 5, 6, 7, 0, 7}) {
                    // its last 30, its first 20, each of which may be in two windows
                    check(mail, index.end(slot) - 30, index.end(slot), sent, sources - 30, in);
                    check(mail, index.begin(slot), index.begin(slot) + 20, sent, 0, in);
                    for (int i = 0; i < sources; i++) {
                        assertThat(mail.number(index.begin(slot) + i)).isEqualTo(i);
                    }
                }
                check(mail, index.begin(slots - 1), index.end(slots - 1), sent, 7, in);
            }
        }
        mail.clear();
        mail.add(0, new int[] {2}, 1, slots - 1, 1, new ByteInput().reset(new byte[1], 0, 1));
        mail.number(index);
        assertThat(mail.lieTogether(1)).isFalse();
    }

    private static void check(MirroredMail mail, int first, int last, byte[] sent, int number, ByteInput in) {
        int length = mail.length();
        mail.open(first, last, in);
        assertThat(in.remaining()).isEqualTo((last - first) * length);
        assertThat(Arrays.copyOfRange(in.bytes(), in.position(), in.position() + in.remaining()))
                .isEqualTo(Arrays.copyOfRange(sent, number * length, (number + last - first) * length));
    }

    /** Numbers of mirrors in a window are further apart than an entry tells. */
    @Test
    void leadsToMirrorsFarAway() throws IOException {
        int sources = 70_000;
        int edges = 1 << 21;
        Mirrors mirrors = new Mirrors();
        int[] many = IntStream.range(0, edges / 4).map(i -> i % 100).toArray();
        for (int source : new int[] {0, 1, 2, 3}) {
            mirrors.put(source, many, many.length);
        }
        for (int source = 4; source < sources - 1; source++) {
            mirrors.put(source, new int[] {0}, 1);
        }
        // a slot which only the first and the last lead to
        mirrors.put(0, new int[] {100}, 1);
        mirrors.put(sources - 1, new int[] {100, 101}, 2);
        MirrorIndex index = new MirrorIndex(new Mirrors[] {mirrors}, 102);
        assertThat(index.bits()).isEqualTo(17);
        MirroredMail mail = new MirroredMail();
        byte[] sent = new byte[2 * sources];
        new Random(1).nextBytes(sent);
        int[] all = IntStream.range(0, sources).toArray();
        mail.add(0, all, sources, index.places(), 2, new ByteInput().reset(sent, 0, sent.length));
        mail.number(index);
        ByteInput in = new ByteInput();
        mail.open(index.begin(100), index.end(100), in);
        assertThat(in.remaining()).isEqualTo(4);
        assertThat(in.readByte()).isEqualTo(sent[0]);
        assertThat(in.readByte()).isEqualTo(sent[1]);
        assertThat(in.readByte()).isEqualTo(sent[2 * sources - 2]);
        assertThat(in.readByte()).isEqualTo(sent[2 * sources - 1]);
        // those of the first slot, of which the first three sources have thousands: by source, and as often as it was
        // sent to
        List<Integer> toFirst = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            for (int i = mirrors.begin(source); i < mirrors.begin(source) + mirrors.count(source); i++) {
                if (mirrors.targets(source)[i] == 0) {
                    toFirst.add(source);
                }
            }
        }
        assertThat(IntStream.range(index.begin(0), index.end(0)).mapToObj(mail::number))
                .isEqualTo(toFirst);
        assertThat(mail.number(index.begin(100))).isZero();
        assertThat(mail.number(index.end(101) - 1)).isEqualTo(sources - 1);
        assertThat(index.endOfTask(0)).isEqualTo(sources);
    }

    @Test
    void tasksWithoutMirrorsHaveNoNumbers() {
        Mirrors three = new Mirrors();
        for (int source = 0; source < 3; source++) {
            three.put(source, new int[] {0}, 1);
        }
        Mirrors two = new Mirrors();
        two.put(1, new int[] {0}, 1);
        two.put(4, new int[] {0}, 1);
        MirrorIndex index = new MirrorIndex(new Mirrors[] {new Mirrors(), three, new Mirrors(), two, new Mirrors()}, 1);
        assertThat(IntStream.range(0, 5).map(index::endOfTask)).containsExactly(3, 3, 3, 5, 5);
        assertThat(index.number(3, 4)).isEqualTo(4);
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
    void tooLongToLieTogether() throws BspException {
        check(100);
    }
}
