package io.valiant.message;

import java.io.DataInput;
import java.io.IOException;
import java.util.Objects;

/** The other end of a {@link MessageWriter}: one sender's bytes of one superstep. Used by the program's thread only. */
public abstract class MessageReader implements DataInput {
    /** Bytes not yet read. */
    public abstract long remaining();

    public abstract int readIntLE() throws IOException;

    public abstract long readLongLE() throws IOException;

    public abstract double readDoubleLE() throws IOException;

    /** A run of ints, little-endian. */
    public abstract void readInts(int[] values, int from, int count) throws IOException;

    /** A run of longs, little-endian. */
    public abstract void readLongs(long[] values, int from, int count) throws IOException;

    /** A run of doubles, little-endian. */
    public abstract void readDoubles(double[] values, int from, int count) throws IOException;

    /** A run of longs, big-endian as Writables write them. */
    public void readLongsBE(long[] values, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, values.length);
        for (int i = from; i < from + count; i++) {
            values[i] = readLong();
        }
    }

    /** A run of doubles, big-endian as Writables write them. */
    public void readDoublesBE(double[] values, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, values.length);
        for (int i = from; i < from + count; i++) {
            values[i] = readDouble();
        }
    }

    /**
     * A message of bytes behind their number, as BytesWritable writes it, where that is to be had without further ado.
     *
     * @param to where the bytes are put, from that index on
     * @return how many there are; below 0 if nothing was read, since it does not fit or lies in pieces
     */
    public int bytesMessage(byte[] to, int from) {
        return -1;
    }
}
