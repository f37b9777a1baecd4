package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private static long number(String text) {
        byte[] bytes = (" " + text + "\n" + "5".repeat(Digits.REACH)).getBytes(StandardCharsets.ISO_8859_1);
        return Digits.number(bytes, 1);
    }

    @Property
    void numbersAreReadUpToWhatIsNoDigit(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long value,
            @ForAll @IntRange(min = 0, max = 14) int fewer,
            @ForAll byte behind) {
        String digits = Long.toString(value);
        digits = Long.toString(Long.parseLong(digits.substring(0, Math.max(1, digits.length() - fewer))));
        byte other = behind >= '0' && behind <= '9' ? (byte) ' ' : behind;
        String text = digits + new String(new byte[] {other}, StandardCharsets.ISO_8859_1);
        long number = number(text);
        assertThat(Digits.value(number)).isEqualTo(Long.parseLong(digits));
        assertThat(Digits.length(number)).isEqualTo(digits.length());
    }

    @Test
    void whatIsNotCanonicalOrTooLongIsLeft() {
        for (String text :
                new String[] {"", "x", "-1", "+1", "00", "01", "0123456789", "/1", ":1", "1234567890123456"}) {
            assertThat(number(text)).as(text).isNegative();
        }
        for (String text : new String[] {"0", "9", "10", "12345678", "123456789", "999999999999999"}) {
            assertThat(Digits.value(number(text))).isEqualTo(Long.parseLong(text));
        }
    }
}
