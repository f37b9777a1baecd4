package io.valiant.graph.io;

import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * Reads what an {@link ArrayOutput} wrote. Sizes are checked before anything of that size is made; what does not fit is an
 * IOException that names the section.
 */
public final class ArrayInput {
    private final DataInput in;
    private final String section;
    private final ByteBuffer piece =
            ByteBuffer.allocate(ArrayOutput.PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final IntBuffer ints = piece.asIntBuffer();
    private final LongBuffer longs = piece.asLongBuffer();
    private final DoubleBuffer doubles = piece.asDoubleBuffer();

    /** {@code section}: what messages call it. */
    public ArrayInput(DataInput in, String section) {
        this.in = in;
        this.section = section;
    }

    public int readInt() throws IOException {
        fill(Integer.BYTES);
        return piece.getInt(0);
    }

    public long readLong() throws IOException {
        fill(Long.BYTES);
        return piece.getLong(0);
    }

    public String readText() throws IOException {
        try {
            return in.readUTF();
        } catch (EOFException e) {
            throw early(e);
        }
    }

    /** Reads how many of something follow. */
    public int readCount(String what, long most) throws IOException {
        int count = readInt();
        check(count >= 0 && count <= most, "%d %s where 0 to %d can be", count, what, most);
        return count;
    }

    /** Reads a number that is known already. */
    public void expect(String what, long known) throws IOException {
        long found = readLong();
        check(found == known, "%s %d, not %d", what, found, known);
    }

    /** Fills an array. */
    public byte[] readBytes(byte[] values) throws IOException {
        try {
            in.readFully(values);
            return values;
        } catch (EOFException e) {
            throw early(e);
        }
    }

    /** Fills an array. */
    public int[] readInts(int[] values) throws IOException {
        for (int at = 0, some; at < values.length; at += some) {
            some = Math.min(ints.capacity(), values.length - at);
            fill(some * Integer.BYTES);
            ints.clear().get(values, at, some);
        }
        return values;
    }

    /** Fills an array. */
    public long[] readLongs(long[] values) throws IOException {
        for (int at = 0, some; at < values.length; at += some) {
            some = Math.min(longs.capacity(), values.length - at);
            fill(some * Long.BYTES);
            longs.clear().get(values, at, some);
        }
        return values;
    }

    /** Fills an array. */
    public double[] readDoubles(double[] values) throws IOException {
        for (int at = 0, some; at < values.length; at += some) {
            some = Math.min(doubles.capacity(), values.length - at);
            fill(some * Double.BYTES);
            doubles.clear().get(values, at, some);
        }
        return values;
    }

    /** Reads what {@link ArrayOutput#end} wrote. */
    public void end() throws IOException {
        check(readInt() == ArrayOutput.END, "something else where it should end");
    }

    /** Throws an exception that says what the section has, unless that fits. */
    public void check(boolean fits, String has, Object... arguments) throws IOException {
        if (!fits) {
            throw new IOException(
                    "section '" + section + "' has " + String.format(java.util.Locale.ROOT, has, arguments));
        }
    }

    private void fill(int bytes) throws IOException {
        try {
            in.readFully(piece.array(), 0, bytes);
        } catch (EOFException e) {
            throw early(e);
        }
    }

    private IOException early(EOFException e) {
        return new IOException("section '" + section + "' ends too early", e);
    }
}
