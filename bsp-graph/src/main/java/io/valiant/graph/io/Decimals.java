package io.valiant.graph.io;

import java.nio.charset.StandardCharsets;

/** Doubles to and from text. */
public final class Decimals {
    /** Powers of ten that a double holds exactly. */
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private Decimals() {}

    /** The double a text stands for; NumberFormatException if it is none. */
    public static double parse(byte[] bytes, int from, int to) {
        long digits = 0;
        int afterPoint = -1;
        boolean plain = from < to && to - from <= 16;
        for (int i = from; plain && i < to; i++) {
            byte b = bytes[i];
            if (b >= '0' && b <= '9') {
                digits = digits * 10 + (b - '0');
                afterPoint += afterPoint < 0 ? 0 : 1;
            } else if (b == '.' && afterPoint < 0 && to - from > 1) {
                afterPoint = 0;
            } else {
                plain = false;
            }
        }
        // Both operands are exact, so the quotient is the nearest double.
        if (plain && digits < 1L << 53) {
            return afterPoint <= 0 ? digits : digits / TENS[afterPoint];
        }
        return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }
}
