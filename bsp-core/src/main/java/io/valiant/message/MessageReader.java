package io.valiant.message;

import java.io.DataInput;
import java.io.IOException;

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
}
