package io.valiant.transport;

import io.valiant.wire.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/**
 * Direct buffers for frames, used again: large ones of the frame size and small ones for what a barrier says. Knows no limit
 * of its own: those who take count. Any thread.
 */
public final class FramePool {
    /** Room of a small buffer. */
    public static final int SMALL_BYTES = 1024;

    private final int frameBytes;
    private final ArrayDeque<ByteBuffer> large = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> small = new ArrayDeque<>();

    /** A pool of frames of that size, header included. */
    public FramePool(int frameBytes) {
        if (frameBytes < SMALL_BYTES || frameBytes > Frame.MAX_BYTES) {
            throw new IllegalArgumentException("frames of " + frameBytes + " bytes");
        }
        this.frameBytes = frameBytes;
    }

    /** The size of large buffers. */
    public int frameBytes() {
        return frameBytes;
    }

    /** A large buffer: position 0, limit at capacity. */
    public ByteBuffer take() {
        return take(large, frameBytes);
    }

    /** A buffer with room for that many bytes: a small or large one of the pool, or, beyond, one that is not kept. */
    public ByteBuffer take(int bytes) {
        if (bytes <= SMALL_BYTES) {
            return take(small, SMALL_BYTES);
        }
        return bytes <= frameBytes ? take() : allocate(bytes);
    }

    private static ByteBuffer take(ArrayDeque<ByteBuffer> from, int bytes) {
        ByteBuffer buffer;
        synchronized (from) {
            buffer = from.pollLast();
        }
        return buffer == null ? allocate(bytes) : buffer.clear();
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Gives a buffer back that was taken here; nobody may touch it after that. */
    public void give(ByteBuffer buffer) {
        ArrayDeque<ByteBuffer> to = buffer.capacity() == frameBytes ? large : small;
        if (to == large || buffer.capacity() == SMALL_BYTES) {
            synchronized (to) {
                to.addLast(buffer);
            }
        }
    }
}
