package io.valiant.benchmark.page;

import java.util.Collection;
import java.util.Locale;

/** Median, smallest and greatest of some runs; {@code NaN} of none. */
record Spread(double median, double least, double most, int runs) {
    static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    boolean isEmpty() {
        return runs == 0;
    }

    /** All divided by that. */
    Spread dividedBy(double divisor) {
        return new Spread(median / divisor, least / divisor, most / divisor, runs);
    }

    /** {@code median [least .. most]}, or a dash. */
    String text() {
        if (isEmpty()) {
            return "–";
        }
        return runs == 1
                ? number(median) + " (n = 1)"
                : number(median) + " [" + number(least) + " .. " + number(most) + "]";
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size == 0 ? 2 : 4;
        return String.format(
                Locale.ROOT, size >= 1e6 || (size < 1e-4 && size > 0) ? "%.1e" : "%,." + decimals + "f", value);
    }
}
