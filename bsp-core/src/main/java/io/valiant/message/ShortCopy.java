package io.valiant.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Copies between arrays and little-endian buffers outside the heap. Eight to thirty-two bytes are moved as two or four longs,
 * which may overlap: the JVM's own routine takes longer to call than they to copy.
 */
final class ShortCopy {
    private static final int MOST_BYTES = 4 * Long.BYTES;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ShortCopy() {}

    /** Copies bytes of an array into the buffer from that index on; its position stays. */
    static void put(byte[] bytes, int from, int count, ByteBuffer to, int at) {
        if (count < Long.BYTES || count > MOST_BYTES) {
            to.put(at, bytes, from, count);
            return;
        }
        int last = count - Long.BYTES;
        to.putLong(at, (long) LONG.get(bytes, from));
        to.putLong(at + last, (long) LONG.get(bytes, from + last));
        if (last > Long.BYTES) {
            to.putLong(at + Long.BYTES, (long) LONG.get(bytes, from + Long.BYTES));
            to.putLong(at + last - Long.BYTES, (long) LONG.get(bytes, from + last - Long.BYTES));
        }
    }

    /** Copies bytes of the buffer from that index on into an array; its position stays. */
    static void get(ByteBuffer from, int at, byte[] bytes, int to, int count) {
        if (count < Long.BYTES || count > MOST_BYTES) {
            from.get(at, bytes, to, count);
            return;
        }
        int last = count - Long.BYTES;
        LONG.set(bytes, to, from.getLong(at));
        LONG.set(bytes, to + last, from.getLong(at + last));
        if (last > Long.BYTES) {
            LONG.set(bytes, to + Long.BYTES, from.getLong(at + Long.BYTES));
            LONG.set(bytes, to + last - Long.BYTES, from.getLong(at + last - Long.BYTES));
        }
    }
}
