package io.valiant.message;

import io.valiant.bsp.BspException;
import io.valiant.wire.Frame;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Writes to one peer, straight into the open frame. A message that does not fit goes on in the next frame; frames with a
 * part of it are held back until it ends, so that it can be taken back. One that is longer than the link's memory is cut:
 * its first frames leave, and it can no longer be taken back.
 */
public final class FrameWriter extends MessageWriter {
    private static final ByteBuffer NO_FRAME = ByteBuffer.allocateDirect(0).order(ByteOrder.LITTLE_ENDIAN);

    private final FrameOutput output;
    private final long maxMessageBytes;

    /** The open frame, little-endian, from position on free. */
    private ByteBuffer frame = NO_FRAME;

    /** Full frames with parts of the open message, in order. */
    private final ByteBuffer[] held;

    private int heldCount;

    // the open message
    private boolean inMessage;
    private boolean cut;

    /** The open message was to be taken back after its first frames had left: nothing can follow it. */
    private boolean torn;

    private int startPosition;

    // this superstep
    private long messages;

    /** Bytes of the open message in frames that are full. */
    private long messageBytes;

    /** A writer whose messages are at most that long; checked when a frame is full. */
    public FrameWriter(FrameOutput output, long maxMessageBytes) {
        this.output = output;
        this.maxMessageBytes = maxMessageBytes;
        this.held = new ByteBuffer[Math.max(1, output.mayHold())];
    }

    private boolean isOpen() {
        return frame.capacity() > 0;
    }

    @Override
    public void beginMessage() {
        if (inMessage) {
            throw unended("a message is open already");
        }
        inMessage = true;
        startPosition = isOpen() ? frame.position() : Frame.HEADER_BYTES;
        messageBytes = 0;
    }

    @Override
    public void endMessage() {
        inMessage = false;
        messages++;
        if (heldCount > 0) {
            releaseHeld();
        }
        cut = false;
    }

    @Override
    public void abandonMessage() {
        if (cut) {
            torn = true;
            return;
        }
        inMessage = false;
        if (heldCount > 0) {
            if (isOpen()) {
                output.unused(frame);
            }
            frame = held[0];
            for (int i = 1; i < heldCount; i++) {
                output.unused(held[i]);
            }
            heldCount = 0;
        }
        if (isOpen()) {
            frame.position(startPosition);
        }
    }

    private IllegalStateException unended(String otherwise) {
        return new IllegalStateException(torn ? "a long message failed after its first bytes had left" : otherwise);
    }

    private void releaseHeld() {
        for (int i = 0; i < heldCount; i++) {
            output.full(held[i]);
            held[i] = null;
        }
        heldCount = 0;
    }

    /** The open frame is full: the next one. */
    private void roll() throws IOException {
        if (isOpen()) {
            if (inMessage && !beginsNow()) {
                hold();
            } else {
                output.full(frame);
                startPosition = Frame.HEADER_BYTES;
            }
            frame = NO_FRAME;
        }
        frame = output.empty();
    }

    /**
     * Nothing of the open message is in the frame, which was full when it began. Asked here and not where a message begins: it is
     * rare, and code that had been compiled as if it never happened would be thrown away when it does.
     */
    private boolean beginsNow() {
        return messageBytes == 0 && frame.position() == startPosition;
    }

    private void hold() throws IOException {
        messageBytes += frame.position() - (messageBytes == 0 ? startPosition : Frame.HEADER_BYTES);
        if (messageBytes > maxMessageBytes) {
            throw tooLong();
        }
        if (heldCount == held.length) {
            cut = true;
            releaseHeld();
        }
        held[heldCount++] = frame;
    }

    /** The superstep is over: the rest may leave. */
    public void flush() {
        if (inMessage) {
            throw unended("the superstep ends inside a message");
        }
        if (isOpen() && frame.position() > Frame.HEADER_BYTES) {
            output.full(frame);
            frame = NO_FRAME;
        }
    }

    /** Messages ended since the last call. */
    public long takeMessages() {
        long taken = messages;
        messages = 0;
        return taken;
    }

    @Override
    public void longMessage(long value) throws IOException {
        ByteBuffer to = frame;
        if (to.remaining() >= Long.BYTES && !inMessage) {
            to.putLong(Long.reverseBytes(value));
            messages++;
        } else {
            super.longMessage(value);
        }
    }

    @Override
    public void longMessages(long[] values, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, values.length);
        int done = 0;
        while (done < count) {
            int whole = inMessage ? 0 : Math.min(count - done, frame.remaining() / Long.BYTES);
            if (whole == 0) {
                super.longMessage(values[from + done++]);
            } else {
                frame.order(ByteOrder.BIG_ENDIAN).asLongBuffer().put(values, from + done, whole);
                done += ended(whole);
            }
        }
    }

    @Override
    public void doubleMessages(double[] values, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, values.length);
        int done = 0;
        while (done < count) {
            int whole = inMessage ? 0 : Math.min(count - done, frame.remaining() / Double.BYTES);
            if (whole == 0) {
                super.longMessage(Double.doubleToLongBits(values[from + done++]));
            } else {
                frame.order(ByteOrder.BIG_ENDIAN).asDoubleBuffer().put(values, from + done, whole);
                done += ended(whole);
            }
        }
    }

    /** So many messages of 8 bytes lie behind the position, of a frame that was turned big-endian for them. */
    private int ended(int whole) {
        frame.order(ByteOrder.LITTLE_ENDIAN).position(frame.position() + whole * Long.BYTES);
        messages += whole;
        return whole;
    }

    @Override
    public void bytesMessage(byte[] bytes, int from, int count) throws IOException {
        ByteBuffer to = frame;
        if (to.remaining() - Integer.BYTES >= count && !inMessage) {
            Objects.checkFromIndexSize(from, count, bytes.length);
            int at = to.position();
            to.putInt(at, Integer.reverseBytes(count));
            ShortCopy.put(bytes, from, count, to, at + Integer.BYTES);
            to.position(at + Integer.BYTES + count);
            messages++;
        } else {
            longBytesMessage(bytes, from, count);
        }
    }

    /** Nothing of it has to be taken back but where the exchange has failed: its frames leave as they are full. */
    private void longBytesMessage(byte[] bytes, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, bytes.length);
        if (inMessage) {
            throw unended("a message is open already");
        }
        if (count > maxMessageBytes) {
            throw tooLong();
        }
        boolean whole = false;
        try {
            writeInt(count);
            write(bytes, from, count);
            whole = true;
        } finally {
            if (!whole) {
                inMessage = true;
                cut = true;
                torn = true;
            }
        }
        messages++;
    }

    private IOException tooLong() {
        return new IOException(BspException.user(
                "a message is longer than %d bytes: send it in parts or raise bsp.message.max.bytes", maxMessageBytes));
    }

    @Override
    public void write(int value) throws IOException {
        if (!frame.hasRemaining()) {
            roll();
        }
        frame.put((byte) value);
    }

    @Override
    public void writeIntLE(int value) throws IOException {
        ByteBuffer to = frame;
        if (to.remaining() >= Integer.BYTES) {
            to.putInt(value);
        } else {
            straddle(value, Integer.BYTES);
        }
    }

    @Override
    public void writeLongLE(long value) throws IOException {
        ByteBuffer to = frame;
        if (to.remaining() >= Long.BYTES) {
            to.putLong(value);
        } else {
            straddle(value, Long.BYTES);
        }
    }

    /** The lowest bytes of a value, lowest first, across a frame's end. */
    private void straddle(long value, int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            write((int) (value >>> (8 * i)));
        }
    }

    @Override
    public void writeDoubleLE(double value) throws IOException {
        writeLongLE(Double.doubleToRawLongBits(value));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        int done = 0;
        while (done < length) {
            if (!frame.hasRemaining()) {
                roll();
            }
            int count = Math.min(length - done, frame.remaining());
            ShortCopy.put(bytes, from + done, count, frame, frame.position());
            frame.position(frame.position() + count);
            done += count;
        }
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
        write(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) throws IOException {
        write(value);
    }

    @Override
    public void writeShort(int value) throws IOException {
        ByteBuffer to = frame;
        short bytes = Short.reverseBytes((short) value);
        if (to.remaining() >= Short.BYTES) {
            to.putShort(bytes);
        } else {
            straddle(bytes, Short.BYTES);
        }
    }

    @Override
    public void writeChar(int value) throws IOException {
        writeShort(value);
    }

    @Override
    public void writeInt(int value) throws IOException {
        writeIntLE(Integer.reverseBytes(value));
    }

    @Override
    public void writeLong(long value) throws IOException {
        writeLongLE(Long.reverseBytes(value));
    }

    @Override
    public void writeFloat(float value) throws IOException {
        writeInt(Float.floatToIntBits(value));
    }

    @Override
    public void writeDouble(double value) throws IOException {
        writeLong(Double.doubleToLongBits(value));
    }

    @Override
    public void writeBytes(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    @Override
    public void writeChars(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            writeChar(text.charAt(i));
        }
    }

    @Override
    public void writeUTF(String text) throws IOException {
        new DataOutputStream(new Bytes()).writeUTF(text);
    }

    @Override
    public void writeInts(int[] values, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int whole = Math.min(count - done, frame.remaining() / Integer.BYTES);
            if (whole == 0) {
                writeIntLE(values[from + done++]);
            } else {
                frame.asIntBuffer().put(values, from + done, whole);
                frame.position(frame.position() + whole * Integer.BYTES);
                done += whole;
            }
        }
    }

    @Override
    public void writeLongs(long[] values, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int whole = Math.min(count - done, frame.remaining() / Long.BYTES);
            if (whole == 0) {
                writeLongLE(values[from + done++]);
            } else {
                frame.asLongBuffer().put(values, from + done, whole);
                frame.position(frame.position() + whole * Long.BYTES);
                done += whole;
            }
        }
    }

    @Override
    public void writeDoubles(double[] values, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int whole = Math.min(count - done, frame.remaining() / Double.BYTES);
            if (whole == 0) {
                writeDoubleLE(values[from + done++]);
            } else {
                frame.asDoubleBuffer().put(values, from + done, whole);
                frame.position(frame.position() + whole * Double.BYTES);
                done += whole;
            }
        }
    }

    /** Lets {@link DataOutputStream} write modified UTF-8 here. */
    private final class Bytes extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            FrameWriter.this.write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            FrameWriter.this.write(bytes, from, length);
        }
    }
}
