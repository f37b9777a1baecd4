package io.valiant.task.data;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/** The key and the value of an input: one object each for all its records, made when first asked for. */
final class Pair {
    private final RecordType type;
    private Writable key;
    private Writable value;

    Pair(RecordType type) {
        this.type = type;
    }

    Writable key() {
        if (key == null) {
            try {
                key = type.makeKey();
            } catch (BspException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        return key;
    }

    Writable value() {
        if (value == null) {
            try {
                value = type.makeValue();
            } catch (BspException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        return value;
    }
}
