package io.valiant.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A daemon's meters: gauges, told anew at each scrape by a refresher from a snapshot, and those of the JVM. Safe in any
 * thread.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Consumer<Gauges> refresher;

    // guarded by this
    private final SortedMap<String, MultiGauge> gauges = new TreeMap<>();

    /** Takes the values of gauges at a scrape. */
    public interface Gauges {
        /**
         * @param name without the prefix {@code bsp_}
         * @param labels names and values in turn
         */
        void set(String name, double value, String... labels);
    }

    /**
     * @param refresher asked at each scrape; gauges it does not name any more are gone
     */
    public Metrics(Consumer<Gauges> refresher) {
        this.refresher = Objects.requireNonNull(refresher, "refresher");
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** All meters as Prometheus text. */
    public synchronized String scrape() {
        SortedMap<String, List<MultiGauge.Row<?>>> rows = new TreeMap<>();
        gauges.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
        refresher.accept((name, value, labels) ->
                rows.computeIfAbsent(name, n -> new ArrayList<>()).add(MultiGauge.Row.of(Tags.of(labels), value)));
        rows.forEach(
                (name, values) -> gauges.computeIfAbsent(name, n -> MultiGauge.builder("bsp." + n.replace('_', '.'))
                                .register(registry))
                        .register(values, true));
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        List.copyOf(registry.getMeters()).forEach(Meter::close);
        registry.close();
    }
}
