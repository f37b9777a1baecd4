package io.valiant.bsp;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.io.Writable;

/**
 * An output format of one's own. It is named by {@link BspJob#outputFormat(Class)} or {@code --output-format CLASS} and made in
 * each task by its constructor without arguments. A record's bytes must follow from the record alone: a part is cut into
 * several files between any two records where checkpoints are taken, and equal runs have to give equal bytes. The type
 * arguments have to be classes, which what is written is checked against.
 *
 * @param <K> the class of keys
 * @param <V> the class of values
 */
public abstract class OutputFormat<K extends Writable, V extends Writable> {
    /** Writes what every file begins with: nothing, unless it is overridden. */
    public void begin(OutputStream out) throws IOException {}

    /**
     * Writes one record. What it has written counts only if it returns.
     *
     * @throws IOException the record cannot be written: the message says why
     */
    public abstract void write(K key, V value, OutputStream out) throws IOException;
}
