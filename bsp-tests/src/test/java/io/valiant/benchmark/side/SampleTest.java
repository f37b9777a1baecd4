package io.valiant.benchmark.side;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void aFigureThatIsNotThereIsWrongAndNotNought() throws Exception {
        Sample sample = new Sample();
        var document = new ObjectMapper().readTree("{\"l_us\": 2.5, \"g_ns\": null}");
        sample.figure("l_us", document, "l_us");
        sample.figure("g_ns", document, "g_ns");
        sample.figure("g_bulk_ns", document, "g_bulk_ns");
        assertThat(sample.figures()).containsOnlyKeys("l_us").containsEntry("l_us", 2.5);
        assertThat(sample.wrong()).hasSize(2);
        assertThat(sample.wrong().get(0)).startsWith("no g_ns in");
    }
}
