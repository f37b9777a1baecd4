package io.valiant.message;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * An endless run of bytes to one peer, cut into frames underneath. Values of {@link DataOutput} are big-endian, as Writables
 * want; the {@code …LE} forms and blocks are little-endian, for engines. Used by the program's thread only.
 */
public abstract class MessageWriter implements DataOutput {
    /** Begins a message: {@link #abandonMessage()} takes back all written since. */
    public abstract void beginMessage();

    /** Ends and counts a message. */
    public abstract void endMessage();

    /**
     * Takes back what was written since {@link #beginMessage()}, for a Writable that threw; never throws itself, so that
     * nothing hides why. Where a part has left already, nothing can follow: the next message and the next barrier fail.
     */
    public abstract void abandonMessage();

    public abstract void writeIntLE(int value) throws IOException;

    public abstract void writeLongLE(long value) throws IOException;

    public abstract void writeDoubleLE(double value) throws IOException;

    /** A run of ints, little-endian. */
    public abstract void writeInts(int[] values, int from, int count) throws IOException;

    /** A run of longs, little-endian. */
    public abstract void writeLongs(long[] values, int from, int count) throws IOException;

    /** A run of doubles, little-endian. */
    public abstract void writeDoubles(double[] values, int from, int count) throws IOException;

    /** A message that is one long, as LongWritable writes it. */
    public void longMessage(long value) throws IOException {
        beginMessage();
        boolean whole = false;
        try {
            writeLong(value);
            whole = true;
        } finally {
            end(whole);
        }
    }

    /** As many messages as values, as {@link #longMessage} writes each. */
    public void longMessages(long[] values, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, values.length);
        for (int i = from; i < from + count; i++) {
            longMessage(values[i]);
        }
    }

    /** As many messages as values, each one double, as DoubleWritable writes it. */
    public void doubleMessages(double[] values, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, values.length);
        for (int i = from; i < from + count; i++) {
            longMessage(Double.doubleToLongBits(values[i]));
        }
    }

    /** A message that is some bytes behind their number, as BytesWritable writes it. */
    public void bytesMessage(byte[] bytes, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, bytes.length);
        beginMessage();
        boolean whole = false;
        try {
            writeInt(count);
            write(bytes, from, count);
            whole = true;
        } finally {
            end(whole);
        }
    }

    private void end(boolean whole) {
        if (whole) {
            endMessage();
        } else {
            abandonMessage();
        }
    }
}
