package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * An input whose records have a key and a value.
 *
 * @param <K> the class of keys
 * @param <V> the class of values
 */
public interface Records<K extends Writable, V extends Writable> extends Input {
    /** The current record's key: the same object each time, filled anew by {@link #next()}. */
    K key();

    /** The current record's value: the same object each time, filled anew by {@link #next()}. */
    V value();
}
