package io.valiant.graph.general;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/** Writables from a piece of an array; moved from piece to piece. */
final class ByteInput implements DataInput {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int at;
    private int end;

    /** Begins with another piece. */
    ByteInput reset(byte[] from, int start, int length) {
        bytes = from;
        at = start;
        end = start + length;
        return this;
    }

    /** Begins with another piece of the same array. */
    ByteInput move(int start, int length) {
        at = start;
        end = start + length;
        return this;
    }

    int remaining() {
        return end - at;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the next byte is. */
    int position() {
        return at;
    }

    private int take(int count) throws EOFException {
        int from = at;
        if (count > end - from) {
            throw new EOFException("wanted " + count + " bytes where " + (end - from) + " are left");
        }
        at = from + count;
        return from;
    }

    /** An int in the engine's own order. */
    int readIntLe() throws EOFException {
        return Ints.get(bytes, take(Integer.BYTES));
    }

    @Override
    public byte readByte() throws EOFException {
        return bytes[take(1)];
    }

    @Override
    public void readFully(byte[] to) throws EOFException {
        readFully(to, 0, to.length);
    }

    @Override
    public void readFully(byte[] to, int start, int count) throws EOFException {
        System.arraycopy(bytes, take(count), to, start, count);
    }

    @Override
    public int skipBytes(int count) {
        int skipped = Math.max(0, Math.min(count, remaining()));
        at += skipped;
        return skipped;
    }

    @Override
    public boolean readBoolean() throws EOFException {
        return readByte() != 0;
    }

    @Override
    public int readUnsignedByte() throws EOFException {
        return readByte() & 0xff;
    }

    @Override
    public short readShort() throws EOFException {
        int from = take(Short.BYTES);
        return (short) (bytes[from] << 8 | (bytes[from + 1] & 0xff));
    }

    @Override
    public int readUnsignedShort() throws EOFException {
        return readShort() & 0xffff;
    }

    @Override
    public char readChar() throws EOFException {
        return (char) readShort();
    }

    @Override
    public int readInt() throws EOFException {
        return Integer.reverseBytes(readIntLe());
    }

    @Override
    public long readLong() throws EOFException {
        return Ints.getBigLong(bytes, take(Long.BYTES));
    }

    @Override
    public float readFloat() throws EOFException {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() throws EOFException {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public String readLine() {
        throw new UnsupportedOperationException("Writables have no lines; use readUTF()");
    }

    @Override
    public String readUTF() throws IOException {
        return DataInputStream.readUTF(this);
    }
}
