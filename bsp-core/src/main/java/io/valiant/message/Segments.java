package io.valiant.message;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What one sender sent in one superstep, in order: pieces in memory and pieces in the spill file. Only arrays. */
final class Segments {
    private static final int NOT_OPEN = -1;

    /** The buffer of each piece; null if it is spilled. */
    private ByteBuffer[] buffers = new ByteBuffer[4];

    /** Where the piece starts, in the buffer or in the file. */
    private long[] offsets = new long[4];

    private long[] lengths = new long[4];
    private int count;
    private int inMemory;

    /** Bytes in all. */
    private long bytes;

    /** Where the last piece's buffer may be filled up; NOT_OPEN if it may not. */
    private int tail = NOT_OPEN;

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    ByteBuffer buffer(int i) {
        return buffers[i];
    }

    long offset(int i) {
        return offsets[i];
    }

    long length(int i) {
        return lengths[i];
    }

    /** Takes the buffer of a piece that nobody reads any more; null if it is spilled or was taken before. */
    ByteBuffer take(int i) {
        ByteBuffer buffer = buffers[i];
        buffers[i] = null;
        return buffer;
    }

    /** How many pieces were put in memory, whether their buffers are still here or were taken. */
    int inMemory() {
        return inMemory;
    }

    /** Copies the bytes behind the last piece if there is room for all of them. */
    boolean fillTail(ByteBuffer from) {
        int length = from.remaining();
        if (tail == NOT_OPEN || buffers[count - 1].capacity() - tail < length) {
            return false;
        }
        ByteBuffer buffer = buffers[count - 1];
        buffer.clear().position(tail);
        buffer.put(from);
        tail += length;
        lengths[count - 1] += length;
        bytes += length;
        return true;
    }

    /** A piece in memory; what is behind it in the buffer may be filled up later. */
    void addMemory(ByteBuffer buffer, int offset, int length) {
        add(buffer, offset, length);
        inMemory++;
        tail = offset + length;
    }

    /** A piece in the file; grows the last piece if it lies right behind it. */
    void addSpilled(long offset, int length) {
        tail = NOT_OPEN;
        if (count > 0 && buffers[count - 1] == null && offsets[count - 1] + lengths[count - 1] == offset) {
            lengths[count - 1] += length;
            bytes += length;
        } else {
            add(null, offset, length);
        }
    }

    private void add(ByteBuffer buffer, long offset, int length) {
        if (count == buffers.length) {
            buffers = Arrays.copyOf(buffers, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        buffers[count] = buffer;
        offsets[count] = offset;
        lengths[count] = length;
        count++;
        bytes += length;
    }

    void clear() {
        Arrays.fill(buffers, 0, count, null);
        count = 0;
        inMemory = 0;
        bytes = 0;
        tail = NOT_OPEN;
    }
}
