package io.valiant.task.data;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** A Writable's bytes, in an array that is used again. */
final class Bytes extends ByteArrayOutputStream {
    private final DataOutputStream out = new DataOutputStream(this);
    private final Range range = new Range();
    private final DataInputStream in = new DataInputStream(range);

    /** Holds what a Writable writes of itself. */
    void hold(Writable value) throws IOException {
        reset();
        value.write(out);
    }

    /** Holds a copy. */
    void hold(byte[] bytes, int from, int length) {
        reset();
        write(bytes, from, length);
    }

    byte[] array() {
        return buf;
    }

    /** Fills a Writable with what is held. */
    void fill(Writable into) throws IOException {
        fill(into, buf, 0, count);
    }

    /**
     * Fills a Writable from bytes, which it has to use up.
     *
     * @throws IOException they are not what it writes of itself
     */
    void fill(Writable into, byte[] bytes, int from, int length) throws IOException {
        checkLength(into, bytes, from, length);
        range.set(bytes, from, length);
        into.readFields(in);
        if (range.available() > 0) {
            throw new IOException("it leaves " + range.available() + " of " + length + " bytes");
        }
    }

    /** Of classes that take room for as many bytes as they read that they have: not more than there are. */
    private static void checkLength(Writable into, byte[] bytes, int from, int length) throws IOException {
        if (into.getClass() == BytesWritable.class && length >= Integer.BYTES) {
            int said = (bytes[from] & 0xFF) << 24
                    | (bytes[from + 1] & 0xFF) << 16
                    | (bytes[from + 2] & 0xFF) << 8
                    | (bytes[from + 3] & 0xFF);
            if (said < 0 || said > length - Integer.BYTES) {
                throw new IOException("it is said to have " + said + " bytes where " + length + " are");
            }
        } else if (into.getClass() == Text.class && length > 0) {
            int header = KeyOrder.textHeader(bytes[from]);
            long said = header == 1 ? bytes[from] : 0;
            for (int i = 1; i < header && i < length; i++) {
                said = said << 8 | (bytes[from + i] & 0xFF);
            }
            if (header > length || said < 0 || said > length - header) {
                throw new IOException("it is said to have " + said + " bytes where " + length + " are");
            }
        }
    }

    /** A part of an array; never copied. */
    private static final class Range extends InputStream {
        private byte[] bytes;
        private int at;
        private int end;

        private void set(byte[] array, int from, int length) {
            bytes = array;
            at = from;
            end = from + length;
        }

        @Override
        public int read() {
            return at < end ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) {
            if (count == 0) {
                return 0;
            }
            int step = Math.min(count, end - at);
            if (step == 0) {
                return -1;
            }
            System.arraycopy(bytes, at, into, from, step);
            at += step;
            return step;
        }

        @Override
        public int available() {
            return end - at;
        }
    }
}
