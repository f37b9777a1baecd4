package io.valiant.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.ShortWritable;
import org.apache.hadoop.io.Writable;
import org.junit.jupiter.api.Test;

class WritableTextTest {
    private static boolean says(Writable value, String text) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return WritableText.set(value, bytes, 1, bytes.length - 1);
    }

    @Test
    void numbersAreFinite() {
        DoubleWritable wide = new DoubleWritable();
        assertThat(says(wide, "1e300")).isTrue();
        assertThat(wide.get()).isEqualTo(1e300);
        FloatWritable narrow = new FloatWritable();
        assertThat(says(narrow, "-2.5")).isTrue();
        assertThat(narrow.get()).isEqualTo(-2.5f);
        for (String none : new String[] {"NaN", "Infinity", "-Infinity", "1e999", "x", ""}) {
            assertThat(says(wide, none)).as(none).isFalse();
            assertThat(says(narrow, none)).as(none).isFalse();
        }
        assertThat(says(narrow, "1e300")).isFalse();
    }

    @Test
    void wholeNumbersFitTheirKind() {
        ShortWritable value = new ShortWritable();
        assertThat(says(value, "-32768")).isTrue();
        assertThat(value.get()).isEqualTo(Short.MIN_VALUE);
        assertThat(says(value, "32768")).isFalse();
        assertThat(says(new LongWritable(), "1.0")).isFalse();
    }
}
