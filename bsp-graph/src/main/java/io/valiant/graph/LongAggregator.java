package io.valiant.graph;

import io.valiant.bsp.Aggregate;
import java.util.Objects;

/**
 * The key of an aggregator of longs; as {@link DoubleAggregator} in everything else.
 *
 * @param name what tasks know it by
 * @param how one of the LONG folds
 * @param initial what {@link VertexContext#aggregated(LongAggregator)} says in superstep 0
 * @param isPersistent whether it goes on from superstep to superstep instead of starting anew
 */
public record LongAggregator(String name, Aggregate how, long initial, boolean isPersistent) {
    public LongAggregator {
        Objects.requireNonNull(name, "name");
        if (!how.isLong()) {
            throw new IllegalArgumentException("aggregator '" + name + "' is of longs, " + how + " is not");
        }
    }

    /** One that starts anew in each superstep. */
    public LongAggregator(String name, Aggregate how, long initial) {
        this(name, how, initial, false);
    }

    /** A sum, 0 in superstep 0. */
    public static LongAggregator sum(String name) {
        return new LongAggregator(name, Aggregate.LONG_SUM, 0);
    }

    /** The least value; {@link Long#MAX_VALUE} where there is none. */
    public static LongAggregator min(String name) {
        return new LongAggregator(name, Aggregate.LONG_MIN, Long.MAX_VALUE);
    }

    /** The greatest value; {@link Long#MIN_VALUE} where there is none. */
    public static LongAggregator max(String name) {
        return new LongAggregator(name, Aggregate.LONG_MAX, Long.MIN_VALUE);
    }

    /** The same with another value for superstep 0. */
    public LongAggregator startingAt(long value) {
        return new LongAggregator(name, how, value, isPersistent);
    }

    /** The same, but what it had goes on into the next superstep: it folds all that was ever given. */
    public LongAggregator persistent() {
        return new LongAggregator(name, how, initial, true);
    }
}
