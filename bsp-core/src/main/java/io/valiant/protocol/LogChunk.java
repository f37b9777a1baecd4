package io.valiant.protocol;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A piece of an attempt's stdout or stderr.
 *
 * @param offset of the first byte
 * @param bytes read-only, from position to limit; none at the end of what there is now
 * @param size bytes there are now, in all
 */
public record LogChunk(long offset, ByteBuffer bytes, long size) {
    /** Most bytes in one piece. */
    public static final int MAX_BYTES = 1024 * 1024;

    public LogChunk {
        Objects.requireNonNull(bytes, "bytes");
        bytes = bytes.asReadOnlyBuffer();
    }

    /** The piece's bytes, from position to limit; each caller gets its own view. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }
}
