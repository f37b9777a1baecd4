package io.valiant.bsp;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/**
 * Reads the records of one {@link FileShare}, for an {@link InputFormat}. Must give the same records in the same order each
 * time it is opened: a task that is restored passes over those it had read. Used by one thread.
 *
 * @param <K> the class of keys
 * @param <V> the class of values
 */
public interface RecordReader<K extends Writable, V extends Writable> extends Closeable {
    /**
     * Fills key and value with the next record.
     *
     * @return false at the end; key and value are then left as they are
     * @throws IOException the record is bad: the message says how; the job fails with it, naming file and position. What the
     *     share's own stream throws may pass through
     */
    boolean next(K key, V value) throws IOException, BspException;

    /** Byte position of the current record in its (unpacked) file, for messages. */
    long position();
}
