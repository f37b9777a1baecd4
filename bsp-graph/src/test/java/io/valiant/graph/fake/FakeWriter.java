package io.valiant.graph.fake;

import io.valiant.message.MessageWriter;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Collects bytes for one peer. */
final class FakeWriter extends MessageWriter {
    private ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    private final DataOutputStream bigEndian = new DataOutputStream(new OutputStream() {
        @Override
        public void write(int b) {
            room(1).put((byte) b);
        }

        @Override
        public void write(byte[] from, int at, int count) {
            room(count).put(from, at, count);
        }
    });
    private int messageStart;
    private long messages;

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            ByteBuffer wider = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + count));
            bytes = wider.order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
        return bytes;
    }

    /** What was written since the last call, as it is read on the other side. */
    ByteBuffer take() {
        ByteBuffer taken = bytes.flip();
        bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        return taken;
    }

    long takeMessages() {
        long taken = messages;
        messages = 0;
        return taken;
    }

    @Override
    public void beginMessage() {
        messageStart = bytes.position();
    }

    @Override
    public void endMessage() {
        messages++;
    }

    @Override
    public void abandonMessage() {
        bytes.position(messageStart);
    }

    @Override
    public void writeIntLE(int value) {
        room(Integer.BYTES).putInt(value);
    }

    @Override
    public void writeLongLE(long value) {
        room(Long.BYTES).putLong(value);
    }

    @Override
    public void writeDoubleLE(double value) {
        room(Double.BYTES).putDouble(value);
    }

    @Override
    public void writeInts(int[] values, int from, int count) {
        room(count * Integer.BYTES).asIntBuffer().put(values, from, count);
        bytes.position(bytes.position() + count * Integer.BYTES);
    }

    @Override
    public void writeLongs(long[] values, int from, int count) {
        room(count * Long.BYTES).asLongBuffer().put(values, from, count);
        bytes.position(bytes.position() + count * Long.BYTES);
    }

    @Override
    public void writeDoubles(double[] values, int from, int count) {
        room(count * Double.BYTES).asDoubleBuffer().put(values, from, count);
        bytes.position(bytes.position() + count * Double.BYTES);
    }

    @Override
    public void write(int b) throws IOException {
        bigEndian.write(b);
    }

    @Override
    public void write(byte[] b) throws IOException {
        bigEndian.write(b);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        bigEndian.write(b, off, len);
    }

    @Override
    public void writeBoolean(boolean v) throws IOException {
        bigEndian.writeBoolean(v);
    }

    @Override
    public void writeByte(int v) throws IOException {
        bigEndian.writeByte(v);
    }

    @Override
    public void writeShort(int v) throws IOException {
        bigEndian.writeShort(v);
    }

    @Override
    public void writeChar(int v) throws IOException {
        bigEndian.writeChar(v);
    }

    @Override
    public void writeInt(int v) throws IOException {
        bigEndian.writeInt(v);
    }

    @Override
    public void writeLong(long v) throws IOException {
        bigEndian.writeLong(v);
    }

    @Override
    public void writeFloat(float v) throws IOException {
        bigEndian.writeFloat(v);
    }

    @Override
    public void writeDouble(double v) throws IOException {
        bigEndian.writeDouble(v);
    }

    @Override
    public void writeBytes(String s) throws IOException {
        bigEndian.writeBytes(s);
    }

    @Override
    public void writeChars(String s) throws IOException {
        bigEndian.writeChars(s);
    }

    @Override
    public void writeUTF(String s) throws IOException {
        bigEndian.writeUTF(s);
    }
}
