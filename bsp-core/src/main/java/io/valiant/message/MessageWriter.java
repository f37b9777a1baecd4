package io.valiant.message;

import java.io.DataOutput;
import java.io.IOException;

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
}
