package io.valiant.metrics;

import java.util.SortedMap;
import java.util.TreeMap;

/** Writes values in the text form that Prometheus reads. For one scrape, one thread. */
final class PrometheusText implements Metrics.Gauges {
    private static final String PREFIX = "bsp_";

    /** By name: the line with the kind, then the values. */
    private final SortedMap<String, StringBuilder> families = new TreeMap<>();

    @Override
    public void set(String name, double value, String... labels) {
        line(family(name, "gauge"), name, value, labels);
    }

    @Override
    public void count(String name, double value, String... labels) {
        if (!name.endsWith("_total")) {
            throw new IllegalArgumentException("a count is called …_total, not " + name);
        }
        line(family(name, "counter"), name, value, labels);
    }

    @Override
    public void times(String name, Histogram times, String... labels) {
        StringBuilder family = family(name, "histogram");
        String[] withBound = java.util.Arrays.copyOf(labels, labels.length + 2);
        withBound[labels.length] = "le";
        long below = 0;
        for (int bucket = 0; bucket < Histogram.buckets(); bucket++) {
            below += times.count(bucket);
            withBound[labels.length + 1] = Histogram.bound(bucket);
            line(family, name + "_bucket", (double) below, withBound);
        }
        line(family, name + "_sum", times.sum(), labels);
        line(family, name + "_count", (double) below, labels);
    }

    private StringBuilder family(String name, String kind) {
        return families.computeIfAbsent(
                name, missing -> new StringBuilder("# TYPE " + PREFIX + name + " " + kind + "\n"));
    }

    private static void line(StringBuilder to, String name, double value, String... labels) {
        to.append(PREFIX).append(name);
        for (int i = 0; i < labels.length; i += 2) {
            to.append(i == 0 ? '{' : ',')
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]))
                    .append('"');
        }
        to.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return String.join("", families.values());
    }
}
