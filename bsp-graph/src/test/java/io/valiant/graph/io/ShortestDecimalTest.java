package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ShortestDecimalTest {
    private final ShortestDecimal decimals = new ShortestDecimal();

    private String format(double value) {
        byte[] text = new byte[ShortestDecimal.MAX_BYTES + 3];
        int end = decimals.format(value, text, 3);
        return new String(text, 3, end - 3, StandardCharsets.ISO_8859_1);
    }

    @Test
    void knownDoublesAreWrittenAsTheNewerJdkDoes() {
        Map<Double, String> expected = new LinkedHashMap<>();
        expected.put(0.0, "0.0");
        expected.put(-0.0, "-0.0");
        expected.put(1.0, "1.0");
        expected.put(-1.5, "-1.5");
        expected.put(0.1, "0.1");
        expected.put(0.001, "0.001");
        expected.put(0.00123, "0.00123");
        expected.put(9.99e-4, "9.99E-4");
        expected.put(100.0, "100.0");
        expected.put(1234567.0, "1234567.0");
        expected.put(9999999.0, "9999999.0");
        expected.put(1e7, "1.0E7");
        expected.put(12345678.5, "1.23456785E7");
        expected.put(Double.parseDouble("2e23"), "2.0E23");
        expected.put(Double.parseDouble("1e23"), "1.0E23");
        expected.put(Double.parseDouble("8.41e21"), "8.41E21");
        expected.put(2.2250738585072014e-308, "2.2250738585072014E-308");
        expected.put(Double.MAX_VALUE, "1.7976931348623157E308");
        expected.put(Double.MIN_VALUE, "4.9E-324");
        expected.put(Math.pow(2, -44), "5.684341886080802E-14");
        expected.put(9007199254740992.0, "9.007199254740992E15");
        expected.put(4503599627370495.5, "4.5035996273704955E15");
        expected.put(Double.POSITIVE_INFINITY, "Infinity");
        expected.put(Double.NaN, "NaN");
        expected.forEach((value, text) -> assertThat(format(value)).isEqualTo(text));
    }

    @Property(tries = 20_000)
    void everyDoubleIsWrittenInTheFewestDigitsAndTheNearestOfThose(@ForAll long bits) {
        check(Double.longBitsToDouble(bits));
    }

    /** Where the two neighbours are not equally far, all of them; and numbers as programs have them. */
    @Test
    void powersOfTwoAndOfTenAndRanksAreWrittenRight() {
        for (int power = Double.MIN_EXPONENT; power <= Double.MAX_EXPONENT; power++) {
            double value = Math.scalb(1.0, power);
            check(value);
            check(Math.nextUp(value));
            check(Math.nextDown(value));
        }
        for (int power = -307; power <= 308; power++) {
            double value = Double.parseDouble("1e" + power);
            check(value);
            check(Math.nextUp(value));
            check(3 * value / 7);
        }
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            check(random.nextDouble() / 1_048_576);
            check(random.nextInt(1_000_000) / 100.0);
            check(random.nextInt());
        }
    }

    private void check(double value) {
        String text = format(value);
        assertThat(Double.doubleToLongBits(Double.parseDouble(text)))
                .as(text)
                .isEqualTo(Double.doubleToLongBits(value));
        if (!Double.isFinite(value) || Math.abs(value) < Double.MIN_NORMAL) {
            assertThat(text).isEqualTo(Double.toString(value));
            return;
        }
        BigDecimal exact = new BigDecimal(value);
        int digits = new BigDecimal(text).stripTrailingZeros().precision();
        if (digits > 2) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
                BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
                assertThat(shorter.doubleValue())
                        .as("%s shorter than %s", shorter, text)
                        .isNotEqualTo(value);
            }
        }
        BigDecimal nearest = exact.round(new MathContext(Math.max(2, digits), RoundingMode.HALF_EVEN));
        if (nearest.doubleValue() == value) {
            // Else, at a power of two, even the nearest is too far below it.
            assertThat(new BigDecimal(text)).as(text).isEqualByComparingTo(nearest);
        }
        // What is shown is as the JDK has it, where that has found as few digits.
        if (Double.toString(value).length() == text.length()) {
            String other = Double.toString(value);
            assertThat(text.replaceAll("[0-9]", "0")).isEqualTo(other.replaceAll("[0-9]", "0"));
        }
    }
}
