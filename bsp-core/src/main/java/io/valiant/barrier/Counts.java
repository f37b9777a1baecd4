package io.valiant.barrier;

import io.valiant.wire.Frame;
import java.nio.ByteBuffer;

/**
 * The payload of a COUNTS frame: what its sender has sent to its receiver in the superstep that ends, where the rest of what it
 * says at the barrier goes along a {@link Tree}. Sent only where there was something.
 *
 * <pre>
 *   0  long  frames    DATA frames
 *   8  long  bytes     of their payloads
 *  16  long  messages  ended in them
 * </pre>
 */
public final class Counts {
    /** Bytes of the payload. */
    public static final int BYTES = 24;

    private static final int FRAMES = Frame.HEADER_BYTES;
    private static final int BYTES_AT = FRAMES + 8;
    private static final int MESSAGES = FRAMES + 16;

    private Counts() {}

    /** Writes the payload into a frame that has been begun. */
    public static void write(ByteBuffer frame, long frames, long bytes, long messages) {
        frame.putLong(frames).putLong(bytes).putLong(messages);
    }

    static boolean isWhole(ByteBuffer frame) {
        return frame.limit() == FRAMES + BYTES;
    }

    static long frames(ByteBuffer frame) {
        return frame.getLong(FRAMES);
    }

    static long bytes(ByteBuffer frame) {
        return frame.getLong(BYTES_AT);
    }

    static long messages(ByteBuffer frame) {
        return frame.getLong(MESSAGES);
    }
}
