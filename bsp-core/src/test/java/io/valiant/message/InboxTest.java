package io.valiant.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.transport.FramePool;
import io.valiant.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** A full frame of that value again and again. */
    private ByteBuffer frame(long value) {
        ByteBuffer frame = Frame.begin(pool.take());
        while (frame.hasRemaining()) {
            frame.putLong(Long.reverseBytes(value));
        }
        return frame.flip();
    }
}
