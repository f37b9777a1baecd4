package io.valiant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainTest {
    private static final String COLOURED = "\u001b[31mred\u0007 \u009b2J";

    @Test
    void aLineHasNoControlCharacters() {
        assertThat(Plain.line("first\r\n  second\n" + COLOURED)).isEqualTo("first second ?[31mred? ?2J");
        assertThat(Plain.line("Zürich → 東京")).isEqualTo("Zürich → 東京");
    }

    @Test
    void linesKeepTheirEndsAndTabs() {
        assertThat(Plain.lines("a\n\tat b\r" + COLOURED)).isEqualTo("a\n\tat b??[31mred? ?2J");
    }

    @Test
    void aCellOfATableIsOneLineWhateverItsName() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Table("NAME", "STATE")
                .row("job\n" + COLOURED, "RUNNING")
                .row(null, "FAILED")
                .print(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("NAME               STATE", "job ?[31mred? ?2J  RUNNING", "-                  FAILED");
    }
}
