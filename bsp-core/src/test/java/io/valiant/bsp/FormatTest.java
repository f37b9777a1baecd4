package io.valiant.bsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
    @Test
    void wordsAndFormatsAreTheSame() {
        for (Format<?, ?> format : new Format<?, ?>[] {
            Format.text(),
            Format.keyValue(),
            Format.keyValue(" \t "),
            Format.keyValue(":"),
            Format.sequence(Text.class, LongWritable.class)
        }) {
            assertThat(Format.parse(format.toString())).isEqualTo(format).hasSameHashCodeAs(format);
        }
        assertThat(Format.parse("sequence:Text, LongWritable"))
                .isEqualTo(Format.sequence(Text.class, LongWritable.class));
        assertThat(Format.parse("keyvalue:\\t")).isEqualTo(Format.keyValue());
        assertThat(Format.parse("org.example.Mine$Own").ownClass()).isEqualTo("org.example.Mine$Own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "txt",
                "text:",
                "keyvalue:",
                "sequence",
                "sequence:A",
                "sequence:A,B,C",
                "sequence:a b,C",
                "a..B",
                "a.b:c"
            })
    void otherWordsAreRefused(String words) {
        assertThatThrownBy(() -> Format.parse(words)).isInstanceOf(IllegalArgumentException.class);
    }
}
