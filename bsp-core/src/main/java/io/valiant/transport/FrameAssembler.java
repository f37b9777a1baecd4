package io.valiant.transport;

import io.valiant.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts a stream into frames. Short frames are copied out of a small staging buffer; a long one gets a buffer of the pool
 * into which the rest of it is read directly, and which its taker may keep.
 */
final class FrameAssembler {
    private static final int STAGING_BYTES = 16 << 10;
    private static final int SHORT_BYTES = 4 << 10;

    private final FramePool pool;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SHORT_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** A long frame of which more is to come. */
    private ByteBuffer partial;

    private boolean exhausted;

    FrameAssembler(FramePool pool) {
        this.pool = pool;
    }

    /** Reads once; what {@link ByteStream#read} returned. Call after {@link #next()} has returned null. */
    int read(ByteStream stream) throws IOException {
        ByteBuffer into = partial;
        if (into == null) {
            into = staging.compact();
        }
        int count;
        try {
            count = stream.read(into);
        } finally {
            exhausted = into.hasRemaining();
            if (partial == null) {
                staging.flip();
            }
        }
        return count;
    }

    /** Whether the last read had room left, so that there is probably nothing more now. */
    boolean isExhausted() {
        return exhausted;
    }

    /**
     * The next whole frame, position 0, or null. Long ones ({@link #isKeepable}) belong to the caller, who gives them back
     * to the pool; short ones are valid until the next call.
     *
     * @throws IOException if what comes next cannot be a frame
     */
    ByteBuffer next() throws IOException {
        if (partial != null) {
            return partial.hasRemaining() ? null : takePartial();
        }
        if (staging.remaining() < Frame.HEADER_BYTES) {
            return null;
        }
        int length = Frame.length(staging, staging.position());
        if (length < 0) {
            throw new IOException("a frame of impossible length");
        }
        if (length <= SHORT_BYTES) {
            return staging.remaining() < length
                    ? null
                    : move(length, scratch.clear()).flip();
        }
        partial = pool.take(length).limit(length);
        move(Math.min(length, staging.remaining()), partial);
        return partial.hasRemaining() ? null : takePartial();
    }

    private ByteBuffer takePartial() {
        ByteBuffer whole = partial;
        partial = null;
        return whole.rewind();
    }

    private ByteBuffer move(int bytes, ByteBuffer to) {
        int limit = staging.limit();
        to.put(staging.limit(staging.position() + bytes));
        staging.limit(limit);
        return to;
    }

    /** Whether a frame from {@link #next()} may be kept. */
    boolean isKeepable(ByteBuffer frame) {
        return frame.limit() > SHORT_BYTES;
    }

    /** Forgets what was read of a connection that is gone. */
    void reset() {
        staging.limit(0);
        if (partial != null) {
            pool.give(partial);
            partial = null;
        }
    }
}
