package io.valiant.graph;

import io.valiant.bsp.Aggregate;
import java.util.Objects;

/**
 * The key of an aggregator of doubles: what vertices give to it in a superstep is folded, within a task over pieces of
 * its vertices, whose sizes do not depend on threads, in order, and then over tasks by index, and is there for all in the next. It starts anew in each superstep, unless persistent.
 * Needs no declaration; best kept as a constant of the program.
 *
 * @param name what tasks know it by
 * @param how one of the DOUBLE folds
 * @param initial what {@link VertexContext#aggregated(DoubleAggregator)} says in superstep 0
 * @param isPersistent whether it goes on from superstep to superstep instead of starting anew
 */
public record DoubleAggregator(String name, Aggregate how, double initial, boolean isPersistent) {
    public DoubleAggregator {
        Objects.requireNonNull(name, "name");
        if (how.isLong()) {
            throw new IllegalArgumentException("aggregator '" + name + "' is of doubles, " + how + " is not");
        }
    }

    /** One that starts anew in each superstep. */
    public DoubleAggregator(String name, Aggregate how, double initial) {
        this(name, how, initial, false);
    }

    /** A sum, 0 in superstep 0. */
    public static DoubleAggregator sum(String name) {
        return new DoubleAggregator(name, Aggregate.DOUBLE_SUM, 0);
    }

    /** The least value; positive infinity where there is none. */
    public static DoubleAggregator min(String name) {
        return new DoubleAggregator(name, Aggregate.DOUBLE_MIN, Double.POSITIVE_INFINITY);
    }

    /** The greatest value; negative infinity where there is none. */
    public static DoubleAggregator max(String name) {
        return new DoubleAggregator(name, Aggregate.DOUBLE_MAX, Double.NEGATIVE_INFINITY);
    }

    /** The same with another value for superstep 0. */
    public DoubleAggregator startingAt(double value) {
        return new DoubleAggregator(name, how, value, isPersistent);
    }

    /** The same, but what it had goes on into the next superstep: it folds all that was ever given. */
    public DoubleAggregator persistent() {
        return new DoubleAggregator(name, how, initial, true);
    }
}
