package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * Several inputs of this task as one, by key; keys come in order. Combinations of one key come in the order of the first
 * input's values, then of the second's, and so on.
 *
 * @param <K> the class of keys
 */
public interface Joined<K extends Writable> {
    /** Moves to the next combination; false at the end. */
    boolean next() throws BspException;

    /** The current key: the same object each time. */
    K key();

    /** Whether an input has a value in the current combination. */
    boolean has(Records<K, ?> input);

    /** An input's value in the current combination: the same object each time; null where it has none. */
    <V extends Writable> V value(Records<K, V> input);
}
