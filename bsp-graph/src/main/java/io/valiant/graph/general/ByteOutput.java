package io.valiant.graph.general;

import io.valiant.graph.io.Growth;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writables to an array that grows and is used again. */
final class ByteOutput extends OutputStream implements DataOutput {
    private byte[] bytes = new byte[64];
    private int size;

    /** Begins anew. */
    ByteOutput reset() {
        size = 0;
        return this;
    }

    /** The bytes from 0 on; another array when it has grown. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Leaves that many bytes to be filled in; where they begin. */
    int skip(int count) {
        return room(count);
    }

    private int room(int count) {
        int at = size;
        if (count > bytes.length - at) {
            bytes = Arrays.copyOf(bytes, Growth.atLeast(bytes.length, (long) at + count));
        }
        size = at + count;
        return at;
    }

    /** An int in the engine's own order, lowest byte first. */
    void writeIntLe(int value) {
        int at = room(Integer.BYTES);
        Ints.put(bytes, at, value);
    }

    /** A length, as {@link Wire#readLength} reads it. */
    ByteOutput writeLength(int value) {
        int left = value;
        while (left > 0x7f) {
            write(left | 0x80);
            left >>>= 7;
        }
        write(left);
        return this;
    }

    /** Bytes with their length before them, as {@link Wire#readBytes} reads them. */
    ByteOutput writePiece(ByteOutput piece) {
        writeLength(piece.size);
        write(piece.bytes, 0, piece.size);
        return this;
    }

    @Override
    public void write(int value) {
        // the array may be another one by then
        int at = room(1);
        bytes[at] = (byte) value;
    }

    @Override
    public void write(byte[] from, int start, int count) {
        int at = room(count);
        System.arraycopy(from, start, bytes, at, count);
    }

    @Override
    public void write(byte[] from) {
        write(from, 0, from.length);
    }

    @Override
    public void writeBoolean(boolean value) {
        write(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) {
        write(value);
    }

    @Override
    public void writeShort(int value) {
        int at = room(Short.BYTES);
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    @Override
    public void writeChar(int value) {
        writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        writeIntLe(Integer.reverseBytes(value));
    }

    @Override
    public void writeLong(long value) {
        int at = room(Long.BYTES);
        Ints.putBigLong(bytes, at, value);
    }

    @Override
    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    @Override
    public void writeBytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    @Override
    public void writeChars(String text) {
        for (int i = 0; i < text.length(); i++) {
            writeChar(text.charAt(i));
        }
    }

    @Override
    public void writeUTF(String text) throws IOException {
        new DataOutputStream(this).writeUTF(text);
    }
}
