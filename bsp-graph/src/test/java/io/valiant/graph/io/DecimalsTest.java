package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    private static double parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Decimals.parse(bytes, 0, bytes.length);
    }

    @Property
    void parsesAsTheLanguageDoes(@ForAll long digits, @ForAll @IntRange(min = 0, max = 18) int afterPoint) {
        String text = BigDecimal.valueOf(digits, afterPoint).toPlainString();
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
        String rounded = String.format(Locale.ROOT, "%.4f", digits / 1e9);
        assertThat(parse(rounded)).isEqualTo(Double.parseDouble(rounded));
    }

    @Test
    void parsesOddForms() {
        for (String text :
                List.of("0", "5.", ".5", "1e3", "-2.5E-7", "Infinity", "0.1", "9007199254740993", "000.10")) {
            assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void refusesWhatIsNoNumber() {
        for (String text : List.of("", ".", "x", "1.2.3", "1,5", "-")) {
            assertThatThrownBy(() -> parse(text)).as(text).isInstanceOf(NumberFormatException.class);
        }
    }
}
