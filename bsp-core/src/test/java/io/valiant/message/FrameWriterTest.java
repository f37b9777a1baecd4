package io.valiant.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.transport.FramePool;
import io.valiant.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameWriterTest {
    private static final int FRAME = 2048;
    private static final int ROOM = FRAME - Frame.HEADER_BYTES;

    @TempDir
    Path folder;

    private final FramePool pool = new FramePool(FRAME);
    private final Output output = new Output();
    private final FrameWriter writer = new FrameWriter(output, 20_000);

    @Test
    void framesOfAnUnfinishedMessageStayUntilItEnds() throws IOException {
        writer.beginMessage();
        writer.write(new byte[2 * ROOM + 1]);
        assertThat(output.left).isEmpty();
        writer.endMessage();
        assertThat(output.left).hasSize(2);
        assertThat(writer.takeMessages()).isEqualTo(1);
        assertThat(writer.takeMessages()).isZero();
    }

    @Test
    void aMessageTakenBackLeavesNothingBehind() throws IOException {
        writer.beginMessage();
        writer.writeLong(1);
        writer.endMessage();
        writer.beginMessage();
        writer.write(new byte[3 * ROOM]);
        writer.abandonMessage();
        writer.beginMessage();
        writer.writeLong(2);
        writer.endMessage();
        writer.flush();
        assertThat(writer.takeMessages()).isEqualTo(2);
        assertThat(output.left).hasSize(1);
        assertThat(output.left.get(0).position()).isEqualTo(Frame.HEADER_BYTES + 16);
        assertThat(output.open).isZero();
    }

    @Test
    void aMessageThatBeginsWhereAFrameIsFullCanBeTakenBackAsAnyOther() throws IOException {
        writer.beginMessage();
        writer.write(new byte[ROOM]);
        writer.endMessage();
        writer.beginMessage();
        assertThat(output.left).isEmpty();
        writer.write(new byte[3 * ROOM]);
        assertThat(output.left).hasSize(1);
        writer.abandonMessage();
        writer.beginMessage();
        writer.abandonMessage();
        writer.beginMessage();
        writer.writeLong(2);
        writer.endMessage();
        writer.flush();
        assertThat(writer.takeMessages()).isEqualTo(2);
        assertThat(output.left).extracting(ByteBuffer::position).containsExactly(FRAME, Frame.HEADER_BYTES + 8);
        assertThat(output.open).isZero();
    }

    @Test
    void theLimitCountsWhatIsOfTheMessageAlone() throws IOException {
        writer.beginMessage();
        writer.write(new byte[ROOM]);
        writer.endMessage();
        writer.beginMessage();
        writer.write(new byte[10 * ROOM]);
        writer.endMessage();
        writer.beginMessage();
        assertThatThrownBy(() -> writer.write(new byte[12 * ROOM])).isInstanceOf(IOException.class);
    }

    @Test
    void aMessageLongerThanTheBuffersLeavesInPartsAndCannotBeTakenBack() throws IOException {
        writer.beginMessage();
        writer.write(new byte[6 * ROOM]);
        assertThat(output.left).hasSize(4);
        writer.endMessage();
        writer.flush();
        assertThat(output.left).hasSize(6);
    }

    @Test
    void aFailureAfterTheFirstBytesHadLeftIsNotHiddenAndNothingCanFollow() throws IOException {
        writer.beginMessage();
        writer.write(new byte[6 * ROOM]);
        writer.abandonMessage();
        assertThatThrownBy(writer::beginMessage).hasMessageContaining("failed after its first bytes had left");
        assertThatThrownBy(writer::flush).hasMessageContaining("failed after its first bytes had left");
    }

    @Test
    void aMessageOverTheLimitIsTheProgramsError() {
        writer.beginMessage();
        assertThatThrownBy(() -> writer.write(new byte[30_000]))
                .isInstanceOf(IOException.class)
                .cause()
                .isInstanceOfSatisfying(
                        BspException.class, e -> assertThat(e.kind()).isEqualTo(BspException.Kind.USER))
                .hasMessageContaining("longer than 20000 bytes");
    }

    @Test
    void allKindsOfValuesComeBackAcrossFrames() throws Exception {
        long[] longs = new long[1000];
        int[] ints = new int[777];
        double[] doubles = new double[555];
        for (int i = 0; i < 1000; i++) {
            longs[i] = i * 0x123456789L;
            ints[i % 777] = i;
            doubles[i % 555] = i / 3.0;
        }
        for (int round = 0; round < 50; round++) {
            writer.writeByte(round);
            writer.writeBoolean(true);
            writer.writeShort(-round);
            writer.writeChar('ä');
            writer.writeInt(round << 20);
            writer.writeLong(Long.MIN_VALUE + round);
            writer.writeFloat(1.5f);
            writer.writeDouble(-round / 7.0);
            writer.writeUTF("round " + round + " ö");
            writer.writeIntLE(~round);
            writer.writeLongLE(round * 99L);
            writer.writeDoubleLE(round * 0.1);
            writer.writeLongs(longs, round, 900);
            writer.writeInts(ints, round, 700);
            writer.writeDoubles(doubles, round, 500);
            writer.writeBytes("bytes");
        }
        writer.flush();
        InboxReader reader = received();
        long[] longsRead = new long[1000];
        int[] intsRead = new int[777];
        double[] doublesRead = new double[555];
        for (int round = 0; round < 50; round++) {
            assertThat(reader.readByte()).isEqualTo((byte) round);
            assertThat(reader.readBoolean()).isTrue();
            assertThat(reader.readShort()).isEqualTo((short) -round);
            assertThat(reader.readChar()).isEqualTo('ä');
            assertThat(reader.readInt()).isEqualTo(round << 20);
            assertThat(reader.readLong()).isEqualTo(Long.MIN_VALUE + round);
            assertThat(reader.readFloat()).isEqualTo(1.5f);
            assertThat(reader.readDouble()).isEqualTo(-round / 7.0);
            assertThat(reader.readUTF()).isEqualTo("round " + round + " ö");
            assertThat(reader.readIntLE()).isEqualTo(~round);
            assertThat(reader.readLongLE()).isEqualTo(round * 99L);
            assertThat(reader.readDoubleLE()).isEqualTo(round * 0.1);
            reader.readLongs(longsRead, round, 900);
            assertThat(longsRead[round + 899]).isEqualTo(longs[round + 899]);
            reader.readInts(intsRead, round, 700);
            assertThat(intsRead[round]).isEqualTo(ints[round]);
            reader.readDoubles(doublesRead, round, 500);
            assertThat(doublesRead[round + 499]).isEqualTo(doubles[round + 499]);
            assertThat(reader.skipBytes(5)).isEqualTo(5);
        }
        assertThat(reader.remaining()).isZero();
        assertThatThrownBy(reader::readByte).isInstanceOf(java.io.EOFException.class);
        reader.restart();
        assertThat(reader.readByte()).isZero();
    }

    @Test
    void arraysOfMessagesAreTheSameBytesAsOneByOneAndCounted() throws Exception {
        long[] longs = new long[1000];
        double[] doubles = new double[1000];
        for (int i = 0; i < 1000; i++) {
            longs[i] = i * 0x123456789ABCDL;
            doubles[i] = -i / 3.0;
        }
        writer.writeByte(1); // so that values lie across the ends of frames
        writer.longMessages(longs, 1, 999);
        writer.longMessage(longs[0]);
        writer.doubleMessages(doubles, 0, 999);
        writer.flush();
        assertThat(writer.takeMessages()).isEqualTo(1999);
        InboxReader reader = received();
        for (int round = 0; round < 2; round++) {
            long[] longsRead = new long[1001];
            double[] doublesRead = new double[1000];
            assertThat(reader.readByte()).isEqualTo((byte) 1);
            if (round == 0) {
                for (int i = 1; i < 1001; i++) {
                    longsRead[i] = reader.readLong();
                }
                for (int i = 0; i < 999; i++) {
                    doublesRead[i] = reader.readDouble();
                }
            } else {
                reader.readLongsBE(longsRead, 1, 1000);
                reader.readDoublesBE(doublesRead, 0, 999);
            }
            assertThat(reader.remaining()).isZero();
            for (int i = 1; i < 1000; i++) {
                assertThat(longsRead[i]).isEqualTo(longs[i]);
                assertThat(doublesRead[i - 1]).isEqualTo(doubles[i - 1]);
            }
            assertThat(longsRead[1000]).isEqualTo(longs[0]);
            reader.restart();
        }
    }

    @Test
    void messagesOfBytesOfAllLengthsComeBackAcrossFrames() throws Exception {
        byte[] bytes = new byte[20_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        for (int length = 0; length < 300; length++) {
            writer.bytesMessage(bytes, length, length);
        }
        writer.bytesMessage(bytes, 0, bytes.length);
        writer.flush();
        assertThat(writer.takeMessages()).isEqualTo(301);
        InboxReader reader = received();
        byte[] read = new byte[20_001];
        for (int length = 0; length < 300; length++) {
            int count = reader.bytesMessage(read, 1);
            if (count < 0) {
                count = reader.readInt();
                reader.readFully(read, 1, count);
            }
            assertThat(count).isEqualTo(length);
            assertThat(Arrays.equals(read, 1, 1 + length, bytes, length, 2 * length))
                    .isTrue();
        }
        assertThat(reader.bytesMessage(read, 1)).isNegative();
        assertThat(reader.readInt()).isEqualTo(20_000);
        reader.readFully(read, 1, 20_000);
        assertThat(Arrays.equals(read, 1, 20_001, bytes, 0, 20_000)).isTrue();
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void aMessageOfBytesThatDoesNotFitIsNotRead() throws Exception {
        writer.longMessage(1);
        writer.bytesMessage(new byte[100], 0, 100);
        writer.bytesMessage(new byte[3 * ROOM], 0, 3 * ROOM);
        writer.flush();
        InboxReader reader = received();
        assertThat(reader.readLong()).isOne();
        long before = reader.remaining();
        assertThat(reader.bytesMessage(new byte[99], 0)).isNegative();
        assertThat(reader.bytesMessage(new byte[100], 1)).isNegative();
        assertThat(reader.remaining()).isEqualTo(before);
        assertThat(reader.bytesMessage(new byte[100], 0)).isEqualTo(100);
    }

    @Test
    void framesOfALongMessageOfBytesLeaveAsTheyAreFull() throws IOException {
        output.mostTaken = 2;
        assertThatThrownBy(() -> writer.bytesMessage(new byte[4 * ROOM], 0, 4 * ROOM))
                .hasMessage("no more frames");
        assertThat(output.left).hasSize(2);
        assertThatThrownBy(() -> writer.longMessage(1)).hasMessageContaining("failed after its first bytes had left");
        assertThatThrownBy(() -> writer.bytesMessage(new byte[1], 0, 1))
                .hasMessageContaining("failed after its first bytes had left");
        assertThatThrownBy(writer::flush).hasMessageContaining("failed after its first bytes had left");
    }

    @Test
    void aMessageOfBytesOverTheLimitIsTheProgramsErrorAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> writer.bytesMessage(new byte[30_000], 0, 30_000))
                .hasMessageContaining("longer than 20000 bytes");
        writer.flush();
        assertThat(output.left).isEmpty();
        assertThat(writer.takeMessages()).isZero();
    }

    @Test
    void aMessageWithinAMessageIsRefused() {
        writer.beginMessage();
        assertThatThrownBy(() -> writer.longMessage(1)).hasMessageContaining("open already");
        assertThatThrownBy(() -> writer.longMessages(new long[1], 0, 1)).hasMessageContaining("open already");
        assertThatThrownBy(() -> writer.doubleMessages(new double[1], 0, 1)).hasMessageContaining("open already");
        assertThatThrownBy(() -> writer.bytesMessage(new byte[1], 0, 1)).hasMessageContaining("open already");
    }

    /** Half of the frames in memory, the rest spilled. */
    private InboxReader received() throws SpillFailure {
        Inbox inbox = new Inbox(1, pool, output.left.size() / 2L * FRAME, folder);
        for (ByteBuffer frame : output.left) {
            inbox.add(0, 0, frame.flip(), true);
        }
        assertThat(inbox.frames(0, 0)).isEqualTo(output.left.size());
        assertThat(inbox.spilledBytes()).isPositive();
        inbox.turn(0);
        return inbox.reader(0);
    }

    private final class Output implements FrameOutput {
        private final List<ByteBuffer> left = new ArrayList<>();
        private int open;
        private int taken;
        private int mostTaken = Integer.MAX_VALUE;

        @Override
        public ByteBuffer empty() throws IOException {
            if (++taken > mostTaken) {
                throw new IOException("no more frames");
            }
            open++;
            return Frame.begin(pool.take());
        }

        @Override
        public void full(ByteBuffer frame) {
            open--;
            left.add(frame);
        }

        @Override
        public void unused(ByteBuffer frame) {
            open--;
        }

        @Override
        public int mayHold() {
            return 4;
        }
    }
}
