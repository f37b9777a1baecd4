package io.valiant.io.sequence;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes that are used again; room is taken as bytes come, not as a length says. */
final class GrowingBytes {
    /** No array is longer. */
    static final int LONGEST = 1 << 30;

    private static final int STEP = 64 * 1024;

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Holds the next bytes of a stream. */
    void fill(InputStream in, long count) throws IOException {
        length = 0;
        while (length < count) {
            room((int) Math.min(count - length, STEP));
            int got = in.read(bytes, length, (int) Math.min(count, bytes.length) - length);
            if (got < 0) {
                throw new MisreadException("it ends " + (count - length) + " bytes too early");
            }
            length += got;
        }
    }

    /** Holds all that a stream has. */
    void fill(InputStream in) throws IOException {
        length = 0;
        for (int got = 0; got >= 0; length += Math.max(0, got)) {
            if (length >= LONGEST) {
                throw new MisreadException("a value is longer than " + LONGEST + " bytes");
            }
            room(1);
            got = in.read(bytes, length, bytes.length - length);
        }
    }

    private void room(int wanted) {
        if (bytes.length - length < wanted) {
            bytes = Arrays.copyOf(bytes, Math.max(length + wanted, (int) Math.min(2L * bytes.length, LONGEST)));
        }
    }
}
