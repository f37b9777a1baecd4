package io.valiant.graph.fake;

import io.valiant.message.MessageReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads what a {@link FakeWriter} wrote. */
final class FakeReader extends MessageReader {
    private final ByteBuffer bytes;
    private final DataInputStream bigEndian = new DataInputStream(new InputStream() {
        @Override
        public int read() {
            return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int from, int count) {
            int some = Math.min(count, bytes.remaining());
            bytes.get(to, from, some);
            return some == 0 && count > 0 ? -1 : some;
        }
    });

    FakeReader(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer need(long count) throws EOFException {
        if (bytes.remaining() < count) {
            throw new EOFException("wanted " + count + " bytes, " + bytes.remaining() + " are left");
        }
        return bytes;
    }

    @Override
    public long remaining() {
        return bytes.remaining();
    }

    @Override
    public int readIntLE() throws IOException {
        return need(Integer.BYTES).getInt();
    }

    @Override
    public long readLongLE() throws IOException {
        return need(Long.BYTES).getLong();
    }

    @Override
    public double readDoubleLE() throws IOException {
        return need(Double.BYTES).getDouble();
    }

    @Override
    public void readInts(int[] values, int from, int count) throws IOException {
        need((long) count * Integer.BYTES).asIntBuffer().get(values, from, count);
        bytes.position(bytes.position() + count * Integer.BYTES);
    }

    @Override
    public void readLongs(long[] values, int from, int count) throws IOException {
        need((long) count * Long.BYTES).asLongBuffer().get(values, from, count);
        bytes.position(bytes.position() + count * Long.BYTES);
    }

    @Override
    public void readDoubles(double[] values, int from, int count) throws IOException {
        need((long) count * Double.BYTES).asDoubleBuffer().get(values, from, count);
        bytes.position(bytes.position() + count * Double.BYTES);
    }

    @Override
    public void readFully(byte[] b) throws IOException {
        need(b.length).get(b);
    }

    @Override
    public void readFully(byte[] b, int off, int len) throws IOException {
        need(len).get(b, off, len);
    }

    @Override
    public int skipBytes(int n) {
        int skipped = Math.min(n, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        return skipped;
    }

    @Override
    public boolean readBoolean() throws IOException {
        return bigEndian.readBoolean();
    }

    @Override
    public byte readByte() throws IOException {
        return bigEndian.readByte();
    }

    @Override
    public int readUnsignedByte() throws IOException {
        return bigEndian.readUnsignedByte();
    }

    @Override
    public short readShort() throws IOException {
        return bigEndian.readShort();
    }

    @Override
    public int readUnsignedShort() throws IOException {
        return bigEndian.readUnsignedShort();
    }

    @Override
    public char readChar() throws IOException {
        return bigEndian.readChar();
    }

    @Override
    public int readInt() throws IOException {
        return bigEndian.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return bigEndian.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return bigEndian.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return bigEndian.readDouble();
    }

    @Override
    public String readLine() {
        throw new UnsupportedOperationException("messages have no lines");
    }

    @Override
    public String readUTF() throws IOException {
        return bigEndian.readUTF();
    }
}
