package io.valiant.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void eachKindIsWrittenAsPrometheusReadsIt() {
        Histogram times = new Histogram();
        times.recordNs(2_000_000);
        times.record(0.2);
        times.record(1000);
        String text = scrape(gauges -> {
            gauges.set("jobs", 3, "state", "a\"b\\c\nd");
            gauges.count("attempts_total", 5, "result", "FAILED");
            gauges.times("rpc_seconds", times, "method", "submit");
        });
        assertThat(text)
                .contains("# TYPE bsp_jobs gauge\nbsp_jobs{state=\"a\\\"b\\\\c\\nd\"} 3.0\n")
                .contains("# TYPE bsp_attempts_total counter\nbsp_attempts_total{result=\"FAILED\"} 5.0\n")
                .contains("# TYPE bsp_rpc_seconds histogram\n")
                .contains("bsp_rpc_seconds_bucket{method=\"submit\",le=\"0.001\"} 0.0\n")
                .contains("bsp_rpc_seconds_bucket{method=\"submit\",le=\"0.0025\"} 1.0\n")
                .contains("bsp_rpc_seconds_bucket{method=\"submit\",le=\"0.25\"} 2.0\n")
                .contains("bsp_rpc_seconds_bucket{method=\"submit\",le=\"+Inf\"} 3.0\n")
                .contains("bsp_rpc_seconds_count{method=\"submit\"} 3.0\n")
                .contains("bsp_rpc_seconds_sum{method=\"submit\"} 1000.202")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void aCountWithoutItsEndingIsAMistake() {
        assertThatThrownBy(() -> scrape(gauges -> gauges.count("attempts", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String scrape(java.util.function.Consumer<Metrics.Gauges> refresher) {
        try (Metrics metrics = new Metrics(refresher)) {
            return metrics.scrape();
        }
    }
}
