package io.valiant.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.transport.FramePool;
import io.valiant.wire.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {
    private static final int FRAME = 2048;

    @TempDir
    private Path folder;

    private final FramePool pool = new FramePool(FRAME);

    @Test
    void aProgramThatStillReadsWhenAllIsClosedReadsWhatWasSent() throws Exception {
        Inbox inbox = new Inbox(1, pool, FRAME, folder);
        inbox.add(0, 0, frame(7), true);
        inbox.turn(0);
        InboxReader reader = inbox.reader(0);
        assertThat(reader.readLong()).isEqualTo(7);
        inbox.close();
        ByteBuffer other = pool.take();
        while (other.hasRemaining()) {
            other.put((byte) -1);
        }
        assertThat(reader.remaining()).isEqualTo(FRAME - Frame.HEADER_BYTES - Long.BYTES);
        assertThat(reader.readLong()).isEqualTo(7);
    }

    @Test
    void whatWasSpilledIsGoneOnceAllIsClosedAndSaysSo() throws Exception {
        Inbox inbox = new Inbox(1, pool, 0, folder);
        inbox.add(0, 0, frame(7), true);
        inbox.turn(0);
        inbox.close();
        assertThatThrownBy(inbox.reader(0)::readLong)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("spilled messages cannot be read back");
    }

    @Test
    void superstepsBelowZeroTurnOverAsOthers() throws Exception {
        Inbox inbox = new Inbox(1, pool, 4 * FRAME, folder);
        for (long superstep = -4; superstep < 4; superstep++) {
            inbox.add(0, superstep, frame(superstep), true);
            assertThat(inbox.frames(0, superstep)).isEqualTo(1);
            assertThat(inbox.frames(0, superstep + 1)).isZero();
            inbox.turn(superstep);
            assertThat(inbox.reader(0).readLong()).isEqualTo(superstep);
        }
        inbox.close();
    }

    @Test
    void whatIsUsedUpByReadingGivesItsBuffersBackAtOnce() throws Exception {
        Inbox inbox = new Inbox(1, pool, 4 * FRAME, folder);
        ByteBuffer first = frame(1);
        inbox.add(0, 0, first, true);
        inbox.add(0, 0, frame(2), true);
        inbox.turn(0);
        InboxReader reader = inbox.reader(0);
        reader.consume();
        long[] values = new long[(FRAME - Frame.HEADER_BYTES) / Long.BYTES];
        reader.readLongsBE(values, 0, values.length);
        assertThat(values).containsOnly(1);
        assertThat(reader.readLong()).isEqualTo(2);
        assertThat(pool.take()).isSameAs(first);
        assertThatThrownBy(reader::restart).hasMessageContaining("used up");
        reader.readLongsBE(values, 1, values.length - 1);
        assertThat(reader.remaining()).isZero();
        inbox.turn(1);
        inbox.turn(2);
        for (int i = 0; i < 3; i++) {
            assertThat(pool.take()).as("given back twice").isNotSameAs(first);
        }
        inbox.close();
    }

    @Test
    void whatIsSavedFirstIsNotUsedUpByThat() throws Exception {
        Inbox inbox = new Inbox(1, pool, 4 * FRAME, folder);
        inbox.add(0, 0, frame(1), true);
        inbox.add(0, 0, frame(2), true);
        inbox.turn(0);
        InboxReader reader = inbox.reader(0);
        reader.consume();
        for (int round = 0; round < 2; round++) {
            reader.restart();
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            reader.copyTo(new DataOutputStream(saved));
            assertThat(saved.toByteArray()).hasSize(2 * (FRAME - Frame.HEADER_BYTES));
            assertThat(saved.toByteArray()[Long.BYTES - 1]).isEqualTo((byte) 1);
        }
        inbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theMemoryShareIsFreeAgainWhetherAllWasReadOrNothing(boolean isRead) throws Exception {
        Inbox inbox = new Inbox(1, pool, 6 * FRAME, folder);
        for (long superstep = 0; superstep < 20; superstep++) {
            inbox.add(0, superstep, frame(1), true);
            inbox.add(0, superstep, frame(2), true);
            inbox.turn(superstep);
            InboxReader reader = inbox.reader(0);
            reader.consume();
            while (isRead && reader.remaining() > 0) {
                reader.readLong();
            }
        }
        assertThat(inbox.spilledBytes()).isZero();
        inbox.close();
    }

    /** A full frame of that value again and again. */
    private ByteBuffer frame(long value) {
        ByteBuffer frame = Frame.begin(pool.take());
        while (frame.hasRemaining()) {
            frame.putLong(Long.reverseBytes(value));
        }
        return frame.flip();
    }
}
