package io.valiant.benchmark.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineSideTest {
    @Test
    void whatIsTornByAnotherProcessIsLeftOutAndTheRestRead() {
        Map<String, String> fields = BaselineSide.fields("jvm2 rank=1 load_ms=jvm2 rank=0 total_ms=812.5 iters=20");
        assertThat(BaselineSide.number(fields, "load_ms")).isZero();
        assertThat(BaselineSide.number(fields, "total_ms")).isEqualTo(812.5);
        assertThat(BaselineSide.number(fields, "csr_ms")).isZero();
    }
}
