package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/** The four classes of a program. */
record Types<I extends Writable, V extends Writable, E extends Writable, M extends Writable>(
        WritableType<I> id, WritableType<V> value, WritableType<E> edge, WritableType<M> message) {
    /** {@code messageClass}: its name where the job tells it, or null. */
    static <I extends Writable, V extends Writable, E extends Writable, M extends Writable> Types<I, V, E, M> of(
            Class<?> program, String messageClass) throws BspException {
        return new Types<>(
                WritableType.of(program, 0, null, "id"),
                WritableType.of(program, 1, null, "value"),
                WritableType.of(program, 2, null, "edge value"),
                WritableType.of(program, 3, messageClass, "message"));
    }
}
