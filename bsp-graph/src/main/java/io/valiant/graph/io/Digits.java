package io.valiant.graph.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whole numbers out of text, eight bytes at a time. */
final class Digits {
    /** So many bytes from its beginning on may be looked at to read a number. */
    static final int REACH = 16;

    private static final int LENGTH_BITS = 4;
    private static final int MOST_DIGITS = (1 << LENGTH_BITS) - 1;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /** Carries into the high bit of a byte that is more than nine. */
    private static final long ABOVE_NINE = 0x7676767676767676L;

    private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    private Digits() {}

    /**
     * The number that begins at a place and ends before the first byte that is no digit, to be asked for {@link #value} and
     * {@link #length}; below 0 if none begins there that is canonical (no needless zero) and has at most 15 digits.
     */
    static long number(byte[] bytes, int at) {
        long digits = (long) EIGHT.get(bytes, at) ^ ZEROS;
        long others = (digits + ABOVE_NINE | digits) & HIGH_BITS;
        if (others == 0) {
            return longNumber(digits, bytes, at);
        }
        // Only the first byte that is no digit is told for sure: a carry may touch those after it.
        int length = Long.numberOfTrailingZeros(others) >>> 3;
        if (length == 0 || ((byte) digits == 0 && length > 1)) {
            return -1;
        }
        return eight(digits << (64 - 8 * length)) << LENGTH_BITS | length;
    }

    private static long longNumber(long digits, byte[] bytes, int at) {
        long more = (long) EIGHT.get(bytes, at + 8) ^ ZEROS;
        long others = (more + ABOVE_NINE | more) & HIGH_BITS;
        if (others == 0 || (byte) digits == 0) {
            return -1;
        }
        int length = Long.numberOfTrailingZeros(others) >>> 3;
        long low = length == 0 ? 0 : eight(more << (64 - 8 * length));
        return (eight(digits) * TENS[length] + low) << LENGTH_BITS | 8 + length;
    }

    static long value(long number) {
        return number >>> LENGTH_BITS;
    }

    static int length(long number) {
        return (int) number & MOST_DIGITS;
    }

    /** Eight digits, the first in the lowest byte, each from 0 to 9: two, then four, then eight are put together at once. */
    private static long eight(long digits) {
        long pairs = ((digits * (10 << 8 | 1)) >>> 8) & 0x00ff00ff00ff00ffL;
        long fours = ((pairs * (100 << 16 | 1)) >>> 16) & 0x0000ffff0000ffffL;
        return (fours * (10_000L << 32 | 1)) >>> 32;
    }
}
