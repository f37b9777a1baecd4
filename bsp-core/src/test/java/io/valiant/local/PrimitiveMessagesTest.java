package io.valiant.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Combiner;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.KeyedCombiner;
import io.valiant.bsp.Messages;
import io.valiant.bsp.Peer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.LongWritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages sent and read without an object each. What a program finds wrong fails its job. */
@Timeout(60)
class PrimitiveMessagesTest {
    private static final int MANY = 100_000;

    private static void succeeds(BspJob job) throws BspException {
        JobStatus status = job.local().submit().await().status();
        assertThat(status.cause()).isNull();
        assertThat(status.state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void bytesAreReadInAnyWay() throws Exception {
        succeeds(BspJob.of(SendsBytes.class).tasks(3));
    }

    /** Message {@code i} has {@code i} bytes, each {@code i + sender}; sent in turn as primitive and as object. */
    static final class SendsBytes extends Bsp<BytesWritable> {
        private static final int LONGEST = 500;

        @Override
        public void run(Peer<BytesWritable> peer) throws BspException {
            byte[] bytes = new byte[LONGEST + 1];
            for (int length = 0; length < LONGEST; length++) {
                Arrays.fill(bytes, (byte) (length + peer.index()));
                for (int to = 0; to < peer.count(); to++) {
                    if (length % 2 == 0) {
                        peer.sendBytes(to, bytes, 1, length);
                    } else {
                        peer.send(to, new BytesWritable(bytes, length));
                    }
                }
            }
            byte[] large = new byte[1 << 20];
            large[large.length - 1] = 7;
            peer.sendBytes(0, large, 0, large.length);
            peer.sync();
            Messages<BytesWritable> messages = peer.messages();
            for (int sender = 0; sender < peer.count(); sender++) {
                for (int length = 0; length < LONGEST; length++) {
                    byte[] read = read(messages, length);
                    assertThat(read).hasSize(length).containsOnly(expected(length, sender));
                    assertThat(messages.sender()).isEqualTo(sender);
                }
                if (peer.index() == 0) {
                    byte[] read = new byte[large.length];
                    assertThat(messages.nextBytes(read, 0)).isEqualTo(read.length);
                    assertThat(read).isEqualTo(large);
                }
            }
            assertThat(messages.hasNext()).isFalse();
            assertThatThrownBy(() -> messages.nextBytes(large, 0)).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(messages::nextLength).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(messages::nextLong)
                    .hasMessageContaining("messages are of")
                    .hasMessageContaining("Bytes");
        }

        private static Byte[] expected(int length, int sender) {
            return length == 0 ? new Byte[0] : new Byte[] {(byte) (length + sender)};
        }

        private static byte[] read(Messages<BytesWritable> messages, int length) {
            int before = messages.sender();
            switch (length % 4) {
                case 0 -> {
                    byte[] to = new byte[length + 2];
                    assertThat(messages.nextBytes(to, 1)).isEqualTo(length);
                    return Arrays.copyOfRange(to, 1, 1 + length);
                }
                case 1 -> {
                    assertThat(messages.nextLength()).isEqualTo(length);
                    assertThat(messages.nextLength()).isEqualTo(length);
                    assertThat(messages.sender()).isEqualTo(before);
                    byte[] to = new byte[length];
                    assertThat(messages.nextBytes(to, 0)).isEqualTo(length);
                    return to;
                }
                case 2 -> {
                    assertThat(messages.nextLength()).isEqualTo(length);
                    return messages.next().copyBytes();
                }
                default -> {
                    assertThatThrownBy(() -> messages.nextBytes(new byte[length - 1], 0))
                            .isInstanceOf(IndexOutOfBoundsException.class);
                    return messages.next().copyBytes();
                }
            }
        }
    }

    @Test
    void longsAreReadOneByOneOrMany() throws Exception {
        succeeds(BspJob.of(SendsLongs.class).tasks(3));
    }

    /** Sends 0, 1, 2, … to all, by arrays, alone and as objects. */
    static final class SendsLongs extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            long[] values = new long[MANY];
            Arrays.setAll(values, i -> i * 0x1_0001_0001L);
            for (int to = 0; to < peer.count(); to++) {
                peer.sendLongs(to, values, 0, MANY - 2);
                peer.sendLong(to, values[MANY - 2]);
                peer.send(to, new LongWritable(values[MANY - 1]));
            }
            peer.sync();
            Messages<LongWritable> messages = peer.messages();
            assertThat(messages.count()).isEqualTo(3L * MANY);
            long[] read = new long[3 * MANY];
            assertThat(messages.nextLongs(read, 0, 0)).isZero();
            assertThatThrownBy(() -> messages.nextLongs(read, 1, read.length))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            for (int sender = 0; sender < 3; sender++) {
                int at = sender * MANY;
                read[at] = messages.nextLong();
                read[at + 1] = messages.next().get();
                int last = messages.nextLongs(read, at + 2, Math.min(90_000, read.length - at - 2));
                assertThat(last).isEqualTo(90_000);
                assertThat(messages.nextLongs(read, at + 2 + last, read.length - at - 2 - last))
                        .isEqualTo(MANY - 2 - last);
                assertThat(messages.sender()).isEqualTo(sender);
                assertThat(Arrays.copyOfRange(read, at, at + MANY)).isEqualTo(values);
            }
            assertThat(messages.nextLongs(read, 0, MANY)).isZero();
            assertThatThrownBy(messages::nextLength).hasMessageContaining("not BytesWritable");
            assertThatThrownBy(() -> messages.nextDoubles(new double[1], 0, 1))
                    .hasMessageContaining("not DoubleWritable");
        }
    }

    @Test
    void doublesAreReadOneByOneOrMany() throws Exception {
        succeeds(BspJob.of(SendsDoubles.class).tasks(2));
    }

    /** The same with doubles, in a ring. */
    static final class SendsDoubles extends Bsp<DoubleWritable> {
        @Override
        public void run(Peer<DoubleWritable> peer) throws BspException {
            double[] values = new double[MANY];
            Arrays.setAll(values, i -> 1.0 / (i - peer.index()));
            int next = (peer.index() + 1) % peer.count();
            peer.sendDouble(next, values[0]);
            peer.sendDoubles(next, values, 1, MANY - 1);
            peer.sync();
            Arrays.setAll(values, i -> 1.0 / (i - next));
            double[] read = new double[MANY];
            Messages<DoubleWritable> messages = peer.messages();
            assertThat(messages.nextDoubles(read, 0, 10)).isEqualTo(10);
            read[10] = messages.nextDouble();
            assertThat(messages.nextDoubles(read, 11, MANY - 11)).isEqualTo(MANY - 11);
            assertThat(read).isEqualTo(values);
            assertThat(messages.hasNext()).isFalse();
            assertThatThrownBy(() -> messages.nextLongs(new long[1], 0, 1)).hasMessageContaining("not LongWritable");
        }
    }

    @Test
    void neitherSendingNorReadingMakesAnObjectAMessage() throws Exception {
        succeeds(BspJob.of(SendsWithoutObjects.class).tasks(2));
    }

    /** Counts what its thread allocates while it sends and reads, once all that is needed has been made. */
    static final class SendsWithoutObjects extends Bsp<LongWritable> {
        private static final int SUPERSTEPS = 4;

        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long[] array = new long[100];
            long bytes = 0;
            for (int superstep = 0; superstep < SUPERSTEPS; superstep++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < MANY; i++) {
                    peer.sendLong(1 - peer.index(), i);
                }
                bytes = threads.getCurrentThreadAllocatedBytes() - before;
                peer.sync();
                before = threads.getCurrentThreadAllocatedBytes();
                Messages<LongWritable> messages = peer.messages();
                long sum = 0;
                for (int i = 0; i < MANY / 2; i++) {
                    sum += messages.nextLong();
                }
                for (int i = 0; i < MANY / 4; i++) {
                    sum += messages.next().get();
                }
                while (messages.hasNext()) {
                    messages.nextLongs(array, 0, array.length);
                }
                bytes += threads.getCurrentThreadAllocatedBytes() - before;
                assertThat(sum).isEqualTo((MANY * 3L / 4) * (MANY * 3L / 4 - 1) / 2);
            }
            assertThat(bytes).as("for %d messages", MANY).isLessThan(MANY / 2);
        }
    }

    @Test
    void arraysAreCombinedAsSingleMessagesAre() throws Exception {
        succeeds(BspJob.of(SendsSums.class).combiner(Sum.class).tasks(2));
    }

    @Test
    void moreKeysThanAreKeptInMindLeaveEarlier() throws Exception {
        succeeds(BspJob.of(SendsManyKeys.class)
                .combiner(SumByKey.class)
                .configure("bsp.message.memory.fraction", "0.01")
                .tasks(2));
    }

    /** Adds up the low halves of those that have the same high half. */
    static final class SumByKey implements KeyedCombiner<LongWritable> {
        @Override
        public long key(LongWritable message) {
            return message.get() >>> 32;
        }

        @Override
        public void combine(LongWritable accumulator, LongWritable message) {
            accumulator.set(accumulator.get() + (message.get() & 0xffffffffL));
        }
    }

    /** Sends the other peer 1 of each key, up and down again; then of few keys, often. */
    static final class SendsManyKeys extends Bsp<LongWritable> {
        private static final int KEYS = 600_000;

        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            send(peer, 2 * KEYS, KEYS);
            assertThat(peer.messages().count()).isBetween(KEYS + 1L, 2L * KEYS - 1);
            assertThat(sum(peer.messages())).isEqualTo(2 * KEYS);
            send(peer, 3000, 3);
            assertThat(peer.messages().count()).isEqualTo(3);
            assertThat(sum(peer.messages())).isEqualTo(3000);
        }

        private static void send(Peer<LongWritable> peer, int messages, int keys) throws BspException {
            for (int i = 0; i < messages; i++) {
                int place = i % (2 * keys);
                long key = place < keys ? place : 2 * keys - 1 - place;
                peer.sendLong(1 - peer.index(), key << 32 | 1);
            }
            peer.sync();
        }

        private static long sum(Messages<LongWritable> messages) throws BspException {
            long sum = 0;
            while (messages.hasNext()) {
                sum += messages.nextLong() & 0xffffffffL;
            }
            return sum;
        }
    }

    /** Adds. */
    static final class Sum implements Combiner<LongWritable> {
        @Override
        public void combine(LongWritable accumulator, LongWritable message) {
            accumulator.set(accumulator.get() + message.get());
        }
    }

    /** Sends 1 to 10 to the other peer. */
    static final class SendsSums extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            long[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
            peer.sendLongs(1 - peer.index(), values, 0, 9);
            peer.sendLong(1 - peer.index(), 10);
            peer.sync();
            assertThat(peer.messages().count()).isEqualTo(1);
            assertThat(peer.messages().nextLongs(values, 0, 9)).isEqualTo(1);
            assertThat(values[0]).isEqualTo(55);
        }
    }
}
