package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Format;
import io.valiant.bsp.InputFormat;
import org.apache.hadoop.io.Writable;

/** A format with the classes of its keys and values. */
final class RecordType {
    private final Format<?, ?> format;
    private final Types types;
    private final Class<? extends Writable> key;
    private final Class<? extends Writable> value;
    private final Class<?> own;

    private RecordType(
            Format<?, ?> format,
            Types types,
            Class<? extends Writable> key,
            Class<? extends Writable> value,
            Class<?> own) {
        this.format = format;
        this.types = types;
        this.key = key;
        this.value = value;
        this.own = own;
    }

    /** @throws BspException USER if a class is not there */
    static RecordType of(Format<?, ?> format, Types types) throws BspException {
        if (format.kind() == Format.Kind.OWN) {
            Class<?> own = types.load(format.ownClass(), InputFormat.class, "the input format");
            return new RecordType(
                    format,
                    types,
                    types.argument(own, InputFormat.class, 0, "key"),
                    types.argument(own, InputFormat.class, 1, "value"),
                    own);
        }
        return new RecordType(
                format,
                types,
                types.load(format.keyClass(), Writable.class, "the key class"),
                types.load(format.valueClass(), Writable.class, "the value class"),
                null);
    }

    Format<?, ?> format() {
        return format;
    }

    Class<? extends Writable> keyClass() {
        return key;
    }

    Class<? extends Writable> valueClass() {
        return value;
    }

    Writable makeKey() throws BspException {
        return types.make(key);
    }

    Writable makeValue() throws BspException {
        return types.make(value);
    }

    /** Whether readers may begin at any byte. */
    boolean isSplittable() {
        return own == null || InputFormat.Splittable.class.isAssignableFrom(own);
    }

    @SuppressWarnings("unchecked")
    InputFormat<Writable, Writable> makeOwn() throws BspException {
        return (InputFormat<Writable, Writable>) types.make(own);
    }

    boolean hasClassesOf(RecordType other) {
        return key == other.key && value == other.value;
    }

    /** For messages: {@code Text, LongWritable}. */
    String classes() {
        return key.getName() + ", " + value.getName();
    }
}
