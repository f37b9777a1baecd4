package io.valiant.benchmark.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {
    @TempDir
    private Path folder;

    @Test
    void allPartsAreReadAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("part-0"), "0 1.5\n2 9223372036854775807\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("part-1.gz")))) {
            out.write("1 infinity\n".getBytes(StandardCharsets.US_ASCII));
        }
        Files.writeString(folder.resolve("_SUCCESS"), "");
        double[] values = Values.read(folder, 4).all();
        assertThat(values).containsExactly(1.5, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN);
        assertThat(Values.distinct(values)).isEqualTo(2);
        assertThat(Values.mostFrequent(values)).isEqualTo(2);
    }

    @Test
    void whatIsNoResultIsTold() throws IOException {
        for (String text : new String[] {"1 2\n1 2\n", "4 1\n", "1\n", "one 1\n", "1 one\n"}) {
            Path file = Files.writeString(folder.resolve("part-0"), text);
            assertThatThrownBy(() -> Values.read(file, 4))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("part-0");
        }
    }

    @Test
    void differencesAreFound() {
        double infinity = Double.POSITIVE_INFINITY;
        double[] expected = {1, infinity, Double.NaN, 4};
        assertThat(Values.difference(expected, expected.clone())).isNull();
        assertThat(Values.difference(expected, new double[] {1, infinity, Double.NaN, 5}))
                .isEqualTo("vertex 3 has 5.0, not 4.0");
        assertThat(Values.greatestError(expected, expected.clone())).isZero();
        assertThat(Values.greatestError(expected, new double[] {1.5, infinity, Double.NaN, 5}))
                .isEqualTo(0.5);
        assertThat(Values.greatestError(expected, new double[] {1, 7, Double.NaN, 4}))
                .isEqualTo(infinity);
        assertThat(Values.greatestError(expected, new double[] {1, infinity, 3, 4}))
                .isEqualTo(infinity);
        assertThat(Values.greatestError(expected, new double[] {1, infinity, Double.NaN}))
                .isEqualTo(infinity);
    }
}
