package io.valiant.task.data;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableComparable;

/** The order of keys, told from their bytes; the one that their class has. */
abstract class KeyOrder {
    /** Compares two keys as they were written. */
    abstract int compare(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength);

    /** @throws BspException USER if the class has no order */
    static KeyOrder of(Class<? extends Writable> key, Types types) throws BspException {
        if (key == Text.class) {
            return new Unsigned() {
                @Override
                int header(byte[] bytes, int from) {
                    return textHeader(bytes[from]);
                }
            };
        }
        if (key == BytesWritable.class) {
            return new Unsigned() {
                @Override
                int header(byte[] bytes, int from) {
                    return Integer.BYTES;
                }
            };
        }
        if (key == LongWritable.class || key == IntWritable.class) {
            return new Signed();
        }
        if (key == DoubleWritable.class) {
            return new Doubles();
        }
        if (!WritableComparable.class.isAssignableFrom(key)) {
            throw BspException.user(
                    "keys of %s have no order: the class has to be a WritableComparable", key.getName());
        }
        return new ByObjects(types.make(key), types.make(key));
    }

    /** Bytes of the length that a Text begins with. */
    static int textHeader(byte first) {
        if (first >= -112) {
            return 1;
        }
        return first < -120 ? -119 - first : -111 - first;
    }

    /** Behind a header the bytes count. */
    private abstract static class Unsigned extends KeyOrder {
        abstract int header(byte[] bytes, int from);

        @Override
        int compare(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength) {
            int aHeader = header(a, aFrom);
            int bHeader = header(b, bFrom);
            return Arrays.compareUnsigned(a, aFrom + aHeader, aFrom + aLength, b, bFrom + bHeader, bFrom + bLength);
        }
    }

    /** Whole numbers, big-endian, of one length. */
    private static final class Signed extends KeyOrder {
        @Override
        int compare(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength) {
            int first = Byte.compare(a[aFrom], b[bFrom]);
            return first != 0
                    ? first
                    : Arrays.compareUnsigned(a, aFrom + 1, aFrom + aLength, b, bFrom + 1, bFrom + bLength);
        }
    }

    private static final class Doubles extends KeyOrder {
        @Override
        int compare(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength) {
            return Double.compare(value(a, aFrom), value(b, bFrom));
        }

        private static double value(byte[] bytes, int from) {
            long bits = 0;
            for (int i = 0; i < Double.BYTES; i++) {
                bits = bits << 8 | (bytes[from + i] & 0xFF);
            }
            return Double.longBitsToDouble(bits);
        }
    }

    private static final class ByObjects extends KeyOrder {
        private final Bytes bytes = new Bytes();
        private final Writable left;
        private final Writable right;

        private ByObjects(Writable left, Writable right) {
            this.left = left;
            this.right = right;
        }

        @SuppressWarnings("unchecked")
        @Override
        int compare(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength) {
            try {
                bytes.fill(left, a, aFrom, aLength);
                bytes.fill(right, b, bFrom, bLength);
            } catch (IOException e) {
                throw new IllegalStateException(
                        "a key does not read as it was written: write and readFields of "
                                + left.getClass().getName() + " must use the same bytes",
                        e);
            }
            return ((WritableComparable<Writable>) left).compareTo(right);
        }
    }
}
