package io.valiant.message;

import io.valiant.transport.FramePool;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** Reads one sender's bytes of one superstep straight from the frames they came in, or from the spill file. */
public final class InboxReader extends MessageReader {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0).order(ByteOrder.LITTLE_ENDIAN);
    private static final Segments NO_SEGMENTS = new Segments();

    private final FramePool pool;

    private Segments segments = NO_SEGMENTS;
    private SpillFile file;

    /** What is read now, from position to limit, little-endian. */
    private ByteBuffer window = NOTHING;

    /** Bytes of this superstep behind the window. */
    private long behind;

    private int nextSegment;

    /** Whether what is read is used up: its buffers are given back as soon as they are read, still warm. */
    private boolean consumes;

    /** How many segments are used up. */
    private int consumed;

    /** Of the last segment, if it is spilled: what is not in the window yet. */
    private long spilledAt;

    private long spilledLeft;

    /** A buffer for spilled bytes, taken when first needed. */
    private ByteBuffer spillWindow;

    /** Assembles a value that lies across two pieces. */
    private final ByteBuffer straddle = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    InboxReader(FramePool pool) {
        this.pool = pool;
    }

    void start(Segments from, SpillFile spilled) {
        segments = from;
        file = spilled;
        consumed = 0;
        restart();
    }

    /** What is read from now on is used up: there is no {@link #restart} once some was. */
    public void consume() {
        consumes = true;
    }

    /** Goes back to the first byte of the superstep; what is read then can be read again, until {@link #consume}. */
    public void restart() {
        if (consumed > 0) {
            throw new IllegalStateException("what was sent is used up by reading it");
        }
        consumes = false;
        if (spillWindow != null) {
            pool.give(spillWindow);
            spillWindow = null;
        }
        window = NOTHING;
        behind = segments.bytes();
        nextSegment = 0;
        spilledLeft = 0;
    }

    /** Writes all that is not read, and uses it up. */
    public void copyTo(DataOutput out) throws IOException {
        byte[] piece = new byte[(int) Math.min(remaining(), pool.frameBytes())];
        while (remaining() > 0) {
            int length = (int) Math.min(remaining(), piece.length);
            readFully(piece, 0, length);
            out.write(piece, 0, length);
        }
    }

    @Override
    public long remaining() {
        return window.remaining() + behind;
    }

    /** Makes the next piece the window; only when the present one is empty. */
    private void advance() throws IOException {
        if (behind == 0) {
            throw new EOFException("the sender wrote no more in this superstep");
        }
        if (spilledLeft == 0) {
            if (consumes && nextSegment > 0) {
                release(nextSegment - 1);
            }
            int i = nextSegment++;
            ByteBuffer buffer = segments.buffer(i);
            if (buffer != null) {
                int offset = (int) segments.offset(i);
                window = buffer.limit(offset + (int) segments.length(i)).position(offset);
                behind -= segments.length(i);
                return;
            }
            spilledAt = segments.offset(i);
            spilledLeft = segments.length(i);
        }
        readSpilled();
    }

    private void release(int segment) {
        consumed = segment + 1;
        window = NOTHING;
        ByteBuffer buffer = segments.take(segment);
        if (buffer != null) {
            pool.give(buffer);
        }
    }

    private void readSpilled() throws IOException {
        if (spillWindow == null) {
            spillWindow = pool.take();
        }
        int count = (int) Math.min(spilledLeft, spillWindow.capacity());
        try {
            file.read(spilledAt, spillWindow.clear().limit(count));
        } catch (SpillFailure e) {
            throw new IOException(e.getMessage(), e);
        }
        window = spillWindow.flip();
        spilledAt += count;
        spilledLeft -= count;
        behind -= count;
    }

    /** A little-endian value of that many bytes that does not lie in the window as a whole. */
    private ByteBuffer straddling(int bytes) throws IOException {
        straddle.clear();
        for (int i = 0; i < bytes; i++) {
            straddle.put(i, readByte());
        }
        return straddle;
    }

    @Override
    public void readLongsBE(long[] values, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, values.length);
        int done = 0;
        while (done < count) {
            int whole = Math.min(count - done, window.remaining() / Long.BYTES);
            if (whole == 0) {
                values[from + done++] = readLong();
            } else {
                window.order(ByteOrder.BIG_ENDIAN).asLongBuffer().get(values, from + done, whole);
                done += passed(whole);
            }
        }
    }

    @Override
    public void readDoublesBE(double[] values, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, values.length);
        int done = 0;
        while (done < count) {
            int whole = Math.min(count - done, window.remaining() / Double.BYTES);
            if (whole == 0) {
                values[from + done++] = readDouble();
            } else {
                window.order(ByteOrder.BIG_ENDIAN).asDoubleBuffer().get(values, from + done, whole);
                done += passed(whole);
            }
        }
    }

    /** So many values of 8 bytes are read, of a window that was turned big-endian for them. */
    private int passed(int whole) {
        window.order(ByteOrder.LITTLE_ENDIAN).position(window.position() + whole * Long.BYTES);
        return whole;
    }

    @Override
    public int bytesMessage(byte[] to, int from) {
        ByteBuffer in = window;
        int at = in.position();
        int left = in.limit() - at - Integer.BYTES;
        if (left < 0) {
            return -1;
        }
        int length = Integer.reverseBytes(in.getInt(at));
        if (length < 0 || length > left || from < 0 || length > to.length - from) {
            return -1;
        }
        ShortCopy.get(in, at + Integer.BYTES, to, from, length);
        in.position(at + Integer.BYTES + length);
        return length;
    }

    @Override
    public byte readByte() throws IOException {
        while (!window.hasRemaining()) {
            advance();
        }
        return window.get();
    }

    @Override
    public int readIntLE() throws IOException {
        ByteBuffer from = window;
        return from.remaining() >= Integer.BYTES
                ? from.getInt()
                : straddling(Integer.BYTES).getInt(0);
    }

    @Override
    public long readLongLE() throws IOException {
        ByteBuffer from = window;
        return from.remaining() >= Long.BYTES
                ? from.getLong()
                : straddling(Long.BYTES).getLong(0);
    }

    @Override
    public double readDoubleLE() throws IOException {
        return Double.longBitsToDouble(readLongLE());
    }

    @Override
    public short readShort() throws IOException {
        ByteBuffer from = window;
        short value = from.remaining() >= Short.BYTES
                ? from.getShort()
                : straddling(Short.BYTES).getShort(0);
        return Short.reverseBytes(value);
    }

    @Override
    public int readInt() throws IOException {
        return Integer.reverseBytes(readIntLE());
    }

    @Override
    public long readLong() throws IOException {
        return Long.reverseBytes(readLongLE());
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public boolean readBoolean() throws IOException {
        return readByte() != 0;
    }

    @Override
    public int readUnsignedByte() throws IOException {
        return readByte() & 0xff;
    }

    @Override
    public int readUnsignedShort() throws IOException {
        return readShort() & 0xffff;
    }

    @Override
    public char readChar() throws IOException {
        return (char) readShort();
    }

    @Override
    public void readFully(byte[] to) throws IOException {
        readFully(to, 0, to.length);
    }

    @Override
    public void readFully(byte[] to, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, to.length);
        int done = 0;
        while (done < length) {
            if (!window.hasRemaining()) {
                advance();
            }
            int count = Math.min(length - done, window.remaining());
            ShortCopy.get(window, window.position(), to, from + done, count);
            window.position(window.position() + count);
            done += count;
        }
    }

    @Override
    public int skipBytes(int count) throws IOException {
        int skipped = 0;
        while (skipped < count && remaining() > 0) {
            if (!window.hasRemaining()) {
                advance();
            }
            int step = Math.min(count - skipped, window.remaining());
            window.position(window.position() + step);
            skipped += step;
        }
        return skipped;
    }

    @Override
    public String readUTF() throws IOException {
        return DataInputStream.readUTF(this);
    }

    /** Bytes are not lines: messages are written as values. */
    @Override
    public String readLine() {
        throw new UnsupportedOperationException("messages have no lines; use readUTF()");
    }

    @Override
    public void readInts(int[] values, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int whole = Math.min(count - done, window.remaining() / Integer.BYTES);
            if (whole == 0) {
                values[from + done++] = readIntLE();
            } else {
                window.asIntBuffer().get(values, from + done, whole);
                window.position(window.position() + whole * Integer.BYTES);
                done += whole;
            }
        }
    }

    @Override
    public void readLongs(long[] values, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int whole = Math.min(count - done, window.remaining() / Long.BYTES);
            if (whole == 0) {
                values[from + done++] = readLongLE();
            } else {
                window.asLongBuffer().get(values, from + done, whole);
                window.position(window.position() + whole * Long.BYTES);
                done += whole;
            }
        }
    }

    @Override
    public void readDoubles(double[] values, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int whole = Math.min(count - done, window.remaining() / Double.BYTES);
            if (whole == 0) {
                values[from + done++] = readDoubleLE();
            } else {
                window.asDoubleBuffer().get(values, from + done, whole);
                window.position(window.position() + whole * Double.BYTES);
                done += whole;
            }
        }
    }
}
