package io.valiant.graph.io;

import java.util.Arrays;

/** What holds of an id's text whatever form it is kept in: its hash, its order, and whether it is a whole number. */
public final class IdText {
    /** Enough room for any long in decimal. */
    public static final int MAX_LONG_BYTES = 20;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private IdText() {}

    /**
     * The hash of an id's text. Fixed for ever: partitions, and with them the order of output, follow from it.
     * FNV-1a, then mixed so that its low and high bits are equally good.
     */
    public static long hash(byte[] bytes, int from, int to) {
        return mix(hashState(bytes, from, to));
    }

    /** What {@link #hash} is before it is mixed: with it, {@link #hashWith} goes on. */
    static long hashState(byte[] bytes, int from, int to) {
        long h = FNV_OFFSET;
        for (int i = from; i < to; i++) {
            h = (h ^ (bytes[i] & 0xff)) * FNV_PRIME;
        }
        return h;
    }

    /** The hash of a text with that state and one more byte. */
    static long hashWith(long state, byte last) {
        return mix((state ^ (last & 0xff)) * FNV_PRIME);
    }

    /** A bijection of longs after which every bit depends on every bit. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    /** The task that owns an id with that hash. */
    public static int owner(long hash, int tasks) {
        return (int) (((hash >>> 32) * tasks) >>> 32);
    }

    /** Whether a text is a whole number of any size without needless sign or zeros: {@code 0}, {@code 17}, {@code -3}. */
    public static boolean isCanonicalDecimal(byte[] bytes, int from, int to) {
        int first = from < to && bytes[from] == '-' ? from + 1 : from;
        if (first == to || (bytes[first] == '0' && (to - first > 1 || first > from))) {
            return false;
        }
        for (int i = first; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is a canonical decimal within the range of long. */
    public static boolean isCanonicalLong(byte[] bytes, int from, int to) {
        if (to - from > MAX_LONG_BYTES || !isCanonicalDecimal(bytes, from, to)) {
            return false;
        }
        boolean negative = bytes[from] == '-';
        int digits = to - from - (negative ? 1 : 0);
        if (digits < 19) {
            return true;
        }
        long value = parseLong(bytes, from, to);
        return digits == 19 && (negative ? value < 0 : value >= 0);
    }

    /** The value of a canonical long; wraps around beyond the range. */
    public static long parseLong(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            value = value * 10 - (bytes[i] - '0');
        }
        return negative ? value : -value;
    }

    /** Writes a long in decimal and returns where it ended; at most {@link #MAX_LONG_BYTES}. */
    public static int format(long value, byte[] into, int at) {
        int end = at + digits(value);
        int i = end;
        long rest = value < 0 ? value : -value;
        do {
            long next = rest / 10;
            into[--i] = (byte) ('0' + (next * 10 - rest));
            rest = next;
        } while (rest != 0);
        if (value < 0) {
            into[--i] = '-';
        }
        return end;
    }

    /** Ids by value if canonical decimals, those first; the rest by unsigned bytes. */
    public static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        boolean aNumber = isCanonicalDecimal(a, aFrom, aTo);
        boolean bNumber = isCanonicalDecimal(b, bFrom, bTo);
        if (aNumber != bNumber) {
            return aNumber ? -1 : 1;
        }
        if (!aNumber) {
            return Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
        }
        boolean aNegative = a[aFrom] == '-';
        boolean bNegative = b[bFrom] == '-';
        if (aNegative != bNegative) {
            return aNegative ? -1 : 1;
        }
        int bySize = Integer.compare(aTo - aFrom, bTo - bFrom);
        if (bySize == 0) {
            bySize = Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
        }
        return aNegative ? -bySize : bySize;
    }

    private static int digits(long value) {
        int count = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            count++;
        }
        return count;
    }
}
