package io.valiant.graph.io;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Writes numbers and arrays of numbers, little-endian; arrays are copied piece by piece, never number by number. */
public final class ArrayOutput {
    static final int PIECE_BYTES = 1 << 16;
    /** What {@link #end} writes: a reader that is out of step does not meet it. */
    static final int END = 0x21444e45;

    private final DataOutput out;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final IntBuffer ints = piece.asIntBuffer();
    private final LongBuffer longs = piece.asLongBuffer();
    private final DoubleBuffer doubles = piece.asDoubleBuffer();

    public ArrayOutput(DataOutput out) {
        this.out = out;
    }

    public void writeInt(int value) throws IOException {
        piece.putInt(0, value);
        out.write(piece.array(), 0, Integer.BYTES);
    }

    public void writeLong(long value) throws IOException {
        piece.putLong(0, value);
        out.write(piece.array(), 0, Long.BYTES);
    }

    public void writeText(String text) throws IOException {
        out.writeUTF(text);
    }

    /** Writes the first {@code count} bytes. */
    public void writeBytes(byte[] values, int count) throws IOException {
        out.write(values, 0, count);
    }

    /** Writes the first {@code count} ints. */
    public void writeInts(int[] values, int count) throws IOException {
        for (int at = 0, some; at < count; at += some) {
            some = Math.min(ints.capacity(), count - at);
            ints.clear().put(values, at, some);
            out.write(piece.array(), 0, some * Integer.BYTES);
        }
    }

    /** Writes the first {@code count} longs. */
    public void writeLongs(long[] values, int count) throws IOException {
        for (int at = 0, some; at < count; at += some) {
            some = Math.min(longs.capacity(), count - at);
            longs.clear().put(values, at, some);
            out.write(piece.array(), 0, some * Long.BYTES);
        }
    }

    /** Writes the first {@code count} doubles, bit by bit. */
    public void writeDoubles(double[] values, int count) throws IOException {
        for (int at = 0, some; at < count; at += some) {
            some = Math.min(doubles.capacity(), count - at);
            doubles.clear().put(values, at, some);
            out.write(piece.array(), 0, some * Double.BYTES);
        }
    }

    /** To be called last. */
    public void end() throws IOException {
        writeInt(END);
    }
}
