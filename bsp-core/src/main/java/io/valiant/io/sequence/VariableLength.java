package io.valiant.io.sequence;

import java.io.IOException;
import java.io.InputStream;

/** Hadoop's whole numbers of variable length: one byte from -112 to 127, else a byte that says how many follow. */
final class VariableLength {
    private VariableLength() {}

    /** Bytes of the number that begins with that byte. */
    static int size(byte first) {
        if (first >= -112) {
            return 1;
        }
        return first < -120 ? -119 - first : -111 - first;
    }

    static boolean isNegative(byte first) {
        return first < -120 || (first >= -112 && first < 0);
    }

    static long read(InputStream in) throws IOException {
        byte first = (byte) one(in);
        int size = size(first);
        if (size == 1) {
            return first;
        }
        long value = 0;
        for (int i = 1; i < size; i++) {
            value = value << 8 | one(in);
        }
        return isNegative(first) ? ~value : value;
    }

    private static int one(InputStream in) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new MisreadException("it ends within a number");
        }
        return value;
    }
}
