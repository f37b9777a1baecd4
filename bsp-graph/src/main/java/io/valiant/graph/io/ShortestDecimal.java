package io.valiant.graph.io;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes doubles as {@link Double#toString} does from JDK 19 on, in every JDK: the fewest digits from which the same double is
 * read, at least two, and of those the nearest. After Raffaello Giulietti's "The Schubfach way to render doubles" (2020): the
 * double and the ends of the interval that rounds to it are multiplied by a power of ten that is rounded up to 128 bits, which
 * is enough to decide everything. Doubles too small to be normal are left to the running
 * JDK, which before 19 may write a digit more.
 *
 * <p>Powers of ten are made when first needed: results of one job have few. Used by one thread.
 */
final class ShortestDecimal {
    /** Room that any double takes at most. */
    static final int MAX_BYTES = 26;

    private static final int FRACTION_BITS = 52;
    private static final int EXPONENT_BIAS = 1075;
    /** The greatest power of ten by which a normal double is divided or multiplied. */
    private static final int MOST_TENS = 330;

    private static final int POWER_BITS = 128;

    /** From so many digits before the point on, and from so many zeros behind it on, with an exponent. */
    private static final int PLAIN_DIGITS = 7;

    private static final int PLAIN_ZEROS = 2;

    /** By exponent from -{@link #MOST_TENS} on: the upper and lower half of a power of ten; no upper half is 0. */
    private final long[] high = new long[2 * MOST_TENS + 1];

    private final long[] low = new long[2 * MOST_TENS + 1];

    private final byte[] digits = new byte[20];
    /** Of the number last looked at: it is {@link #decimal} times ten to this power. */
    private int exponent;

    private long decimal;

    /** Writes a double and returns where it ended; at most {@link #MAX_BYTES}. */
    int format(double value, byte[] into, int at) {
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) (bits >>> FRACTION_BITS) & 0x7ff;
        if (biased == 0 || biased == 0x7ff) {
            byte[] text = Double.toString(value).getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(text, 0, into, at, text.length);
            return at + text.length;
        }
        int begin = at;
        if (bits < 0) {
            into[begin++] = '-';
        }
        long fraction = bits & (1L << FRACTION_BITS) - 1;
        shorten(fraction | 1L << FRACTION_BITS, biased - EXPONENT_BIAS, fraction == 0 && biased > 1);
        return write(into, begin);
    }

    /**
     * Finds the decimal for {@code significand * 2^power}.
     *
     * @param narrow whether the next smaller double is only half as far away as the next greater one
     */
    private void shorten(long significand, int power, boolean narrow) {
        // The greatest power of ten that is not longer than the interval.
        int tens = narrow ? log10OfThreeQuarters(power) : log10(power);
        int index = MOST_TENS - tens;
        if (high[index] == 0) {
            makePower(-tens);
        }
        int shift = power + log2OfTen(-tens) + 1;
        // All in quarters of the decimal's last digit; the last bit says that there is more.
        long middle = scaled(index, (4 * significand) << shift);
        long lower = scaled(index, (4 * significand - (narrow ? 1 : 2)) << shift);
        long upper = scaled(index, (4 * significand + 2) << shift);
        long excluded = significand & 1; // ties go to even significands: an odd one does not own its ends
        long least = lower + excluded;
        long most = upper - excluded;
        long floor = middle >>> 2;
        exponent = tens;
        if (floor >= 100) {
            long shorter = floor / 10 * 10;
            boolean down = least <= shorter << 2;
            boolean up = (shorter + 10) << 2 <= most;
            if (down != up) {
                decimal = down ? shorter : shorter + 10;
                return;
            }
        }
        boolean down = least <= floor << 2;
        boolean up = (floor + 1) << 2 <= most;
        if (down == up) {
            long half = middle - ((2 * floor + 1) << 1);
            decimal = half < 0 || (half == 0 && (floor & 1) == 0) ? floor : floor + 1;
        } else {
            decimal = down ? floor : floor + 1;
        }
    }

    /** A number times a power of ten, without its last 128 bits; if they were not nothing the last bit is set. */
    private long scaled(int index, long number) {
        long lowHigh = unsignedHigh(low[index], number);
        long highLow = high[index] * number;
        long fraction = highLow + lowHigh;
        long carry = Long.compareUnsigned(fraction, lowHigh) < 0 ? 1 : 0;
        long whole = unsignedHigh(high[index], number) + carry;
        // A power rounded up makes at most one too many.
        return Long.compareUnsigned(fraction, 1) > 0 ? whole | 1 : whole;
    }

    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    private void makePower(int tens) {
        BigInteger power = BigInteger.TEN.pow(Math.abs(tens));
        int length = power.bitLength();
        BigInteger rounded;
        if (tens < 0) {
            rounded = up(BigInteger.ONE.shiftLeft(length + POWER_BITS - 1), power);
        } else if (length <= POWER_BITS) {
            rounded = power.shiftLeft(POWER_BITS - length);
        } else {
            rounded = up(power, BigInteger.ONE.shiftLeft(length - POWER_BITS));
        }
        high[tens + MOST_TENS] = rounded.shiftRight(Long.SIZE).longValue();
        low[tens + MOST_TENS] = rounded.longValue();
    }

    private static BigInteger up(BigInteger a, BigInteger b) {
        return a.add(b).subtract(BigInteger.ONE).divide(b);
    }

    /** The whole part of log10(2^power), for powers as doubles have. */
    private static int log10(int power) {
        return (power * 1_262_611) >> 22;
    }

    /** The whole part of log10(3/4 2^power). */
    private static int log10OfThreeQuarters(int power) {
        return (power * 1_262_611 - 524_031) >> 22;
    }

    /** The whole part of log2(10^tens). */
    private static int log2OfTen(int tens) {
        return (tens * 1_741_647) >> 19;
    }

    /** Writes decimal and exponent. */
    private int write(byte[] into, int begin) {
        int first = digits.length;
        long rest = decimal;
        while (rest > 0) {
            long next = rest / 10;
            digits[--first] = (byte) ('0' + (rest - next * 10));
            rest = next;
        }
        int end = digits.length;
        while (end > first + 1 && digits[end - 1] == '0') {
            end--;
        }
        int point = digits.length - first + exponent; // digits before it
        if (point > PLAIN_DIGITS || point < -PLAIN_ZEROS) {
            int at = writePoint(into, begin, first, end, 1);
            into[at++] = 'E';
            return IdText.format(point - 1L, into, at);
        }
        if (point > 0) {
            return writePoint(into, begin, first, end, point);
        }
        int at = begin;
        into[at++] = '0';
        into[at++] = '.';
        for (int i = point; i < 0; i++) {
            into[at++] = '0';
        }
        System.arraycopy(digits, first, into, at, end - first);
        return at + end - first;
    }

    /** Writes digits with a point after so many, and with zeros where there is none. */
    private int writePoint(byte[] into, int begin, int first, int end, int before) {
        int at = begin;
        for (int i = first; i < first + before; i++) {
            into[at++] = i < end ? digits[i] : (byte) '0';
        }
        into[at++] = '.';
        int behind = end - first - before;
        if (behind <= 0) {
            into[at++] = '0';
            return at;
        }
        System.arraycopy(digits, first + before, into, at, behind);
        return at + behind;
    }
}
