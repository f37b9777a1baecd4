package io.valiant.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/**
 * Writes one frame of the task-report connection, little-endian: numbers as they are, texts and lists with an int count
 * before them, -1 for null. Used by one thread.
 */
final class PayloadWriter {
    private static final int INITIAL_BYTES = 256;

    private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    PayloadWriter putByte(int value) {
        room(1).put((byte) value);
        return this;
    }

    PayloadWriter putBoolean(boolean value) {
        return putByte(value ? 1 : 0);
    }

    PayloadWriter putInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    PayloadWriter putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    PayloadWriter putDouble(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    /** A text or null. */
    PayloadWriter putText(String value) {
        if (value == null) {
            return putInt(-1);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length);
        room(utf8.length).put(utf8);
        return this;
    }

    /** A long or null. */
    PayloadWriter putLongOrNull(Long value) {
        putBoolean(value != null);
        return value == null ? this : putLong(value);
    }

    <T> PayloadWriter putList(List<T> values, BiConsumer<PayloadWriter, T> element) {
        putInt(values.size());
        for (T value : values) {
            element.accept(this, value);
        }
        return this;
    }

    <T> PayloadWriter putMap(SortedMap<String, T> map, BiConsumer<PayloadWriter, T> value) {
        putInt(map.size());
        for (Map.Entry<String, T> entry : map.entrySet()) {
            putText(entry.getKey());
            value.accept(this, entry.getValue());
        }
        return this;
    }

    /** Replaces an int written before. */
    void setInt(int position, int value) {
        bytes.putInt(position, value);
    }

    int length() {
        return bytes.position();
    }

    /** What was written, from position 0 to the limit. The writer is not used after this. */
    ByteBuffer finish() {
        return bytes.flip();
    }

    private ByteBuffer room(int wanted) {
        if (bytes.remaining() < wanted) {
            int capacity = Math.max(Math.multiplyExact(bytes.capacity(), 2), Math.addExact(bytes.position(), wanted));
            bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
        return bytes;
    }
}
