package io.valiant.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A daemon's meters as Prometheus text: its own, told anew at each scrape by a refresher, and those of the JVM. Safe in any
 * thread.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Consumer<Gauges> refresher;

    /**
     * Takes values at a scrape. Names are without the prefix {@code bsp_}; labels are names and values in turn. All values of
     * one name are of one kind.
     */
    public interface Gauges {
        /** What may rise and fall. */
        void set(String name, double value, String... labels);

        /** What only rises, since the process began; the name ends with {@code _total}. */
        void count(String name, double value, String... labels);

        /** How long something took; the name ends with {@code _seconds}. */
        void times(String name, Histogram times, String... labels);
    }

    /** @param refresher asked at each scrape; what it does not name any more is gone */
    public Metrics(Consumer<Gauges> refresher) {
        this.refresher = Objects.requireNonNull(refresher, "refresher");
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** All meters as Prometheus text. */
    public String scrape() {
        PrometheusText text = new PrometheusText();
        refresher.accept(text);
        return text + registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        List.copyOf(registry.getMeters()).forEach(Meter::close);
        registry.close();
    }
}
