package io.valiant.protocol;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * Cuts what comes from a channel, blocking or not, into frames of {@link TaskReportCodec}. A length is checked before
 * room for it is made. Used by one thread.
 *
 * <pre>
 * while (reader.readFrom(channel) &gt; 0) {
 *     for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) { … decode … }
 * }
 * </pre>
 */
public final class TaskReportReader {
    private static final int INITIAL_BYTES = 4 * 1024;

    private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int limit;

    /** @param limit longest frame accepted, in bytes after its length */
    public TaskReportReader(int limit) {
        this.limit = limit;
    }

    /** Accepts longer frames from now on; for a groom whose child has attached. */
    public void limit(int newLimit) {
        limit = newLimit;
    }

    /**
     * Reads once from the channel.
     *
     * @return as {@link ReadableByteChannel#read}: -1 at the end of the stream
     */
    public int readFrom(ReadableByteChannel channel) throws IOException {
        if (!bytes.hasRemaining()) {
            grow(bytes.capacity() + 1);
        }
        return channel.read(bytes);
    }

    /**
     * The next whole frame without its length, or null if more bytes are needed. It has its own bytes.
     *
     * @throws BspException FATAL if the length is not one: the stream cannot be used any more
     */
    public ByteBuffer next() throws BspException {
        if (bytes.position() < TaskReportCodec.LENGTH_BYTES) {
            return null;
        }
        int length = bytes.getInt(0);
        if (length < 1 || length > limit) {
            throw PayloadReader.broken("a frame of " + length + " bytes where 1 to " + limit + " are allowed");
        }
        int whole = TaskReportCodec.LENGTH_BYTES + length;
        if (bytes.position() < whole) {
            grow(whole);
            return null;
        }
        byte[] frame = new byte[length];
        bytes.flip().position(TaskReportCodec.LENGTH_BYTES);
        bytes.get(frame).compact();
        return ByteBuffer.wrap(frame);
    }

    private void grow(int wanted) {
        if (bytes.capacity() < wanted) {
            bytes = ByteBuffer.allocate(Math.max(wanted, 2 * bytes.capacity()))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(bytes.flip());
        }
    }
}
