package io.valiant.graph.general;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Ints in arrays of bytes, lowest byte first, at any place; and longs as Writables have them. */
final class Ints {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Ints() {}

    /** A long, highest byte first. */
    static long getBigLong(byte[] bytes, int at) {
        return (long) BIG_LONG.get(bytes, at);
    }

    static void putBigLong(byte[] bytes, int at, long value) {
        BIG_LONG.set(bytes, at, value);
    }

    /** Copies the bytes of a long. */
    static void copyLong(byte[] from, int start, byte[] to, int at) {
        LONG.set(to, at, (long) LONG.get(from, start));
    }

    /** Copies a few bytes, most often as many as a number has, for which a copy of any length takes long. */
    static void copy(byte[] from, int start, byte[] to, int at, int count) {
        if (count == Long.BYTES) {
            copyLong(from, start, to, at);
        } else if (count == Integer.BYTES) {
            put(to, at, get(from, start));
        } else {
            System.arraycopy(from, start, to, at, count);
        }
    }

    static int get(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void put(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }
}
