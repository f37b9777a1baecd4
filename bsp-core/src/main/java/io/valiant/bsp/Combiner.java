package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * Folds messages to one peer into one, or those of one key, see {@link KeyedCombiner}. Must be associative; applied in
 * order of sending within each sender, so it need not be commutative. Needs a constructor without arguments.
 *
 * @param <M> the class of messages
 */
public interface Combiner<M extends Writable> {
    /** Folds {@code message} into {@code accumulator}; the message object must not be kept. */
    void combine(M accumulator, M message);
}
