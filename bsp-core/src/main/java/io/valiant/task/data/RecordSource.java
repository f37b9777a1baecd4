package io.valiant.task.data;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/** The records of one split. */
interface RecordSource {
    /** Moves to the next record; false at the end of the split. */
    boolean next() throws BspException;

    /** The current record's key, in the object that the source was given. */
    Writable key();

    /** The same of its value. */
    Writable value();

    /** The current record as text. */
    String text();

    String file();

    /** Byte position of the current record. */
    long offset();

    /** 1-based number of the current record's line, for errors only; null where records are no lines. */
    Long lineNumber() throws BspException;

    void close();
}
