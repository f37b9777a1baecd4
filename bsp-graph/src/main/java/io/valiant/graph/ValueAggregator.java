package io.valiant.graph;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.hadoop.io.Writable;

/**
 * The key of an aggregator of Writables; folds as {@link DoubleAggregator} does. Must be registered in
 * {@link VertexProgram#setup}, by every task the same; best kept as a constant of the program.
 *
 * @param <A> the class of values
 * @param name what tasks know it by
 * @param empty makes a new value: what none at all folds to
 * @param fold folds its second argument into its first; associative, must keep neither
 * @param isPersistent whether it goes on from superstep to superstep instead of starting anew
 */
public record ValueAggregator<A extends Writable>(
        String name, Supplier<A> empty, BiConsumer<A, A> fold, boolean isPersistent) {
    public ValueAggregator {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(empty, "empty");
        Objects.requireNonNull(fold, "fold");
    }

    /** One that starts anew in each superstep. */
    public ValueAggregator(String name, Supplier<A> empty, BiConsumer<A, A> fold) {
        this(name, empty, fold, false);
    }

    /** The same, but what it had goes on into the next superstep. */
    public ValueAggregator<A> persistent() {
        return new ValueAggregator<>(name, empty, fold, true);
    }
}
