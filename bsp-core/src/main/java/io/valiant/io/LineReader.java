package io.valiant.io;

import io.valiant.bsp.BspException;

/**
 * The lines of one split as bytes; no object per line. After {@link #next()} the line is
 * {@code buffer()[start() .. end())}, without its line end; valid until the next call. Used by one thread.
 */
public interface LineReader extends AutoCloseable {
    /** Moves to the next line; false at the end of the split. */
    boolean next() throws BspException;

    byte[] buffer();

    int start();

    int end();

    /** Byte position of the line's start in its file (of the decompressed bytes, if compressed). */
    long offset();

    /** The file's name, for messages. */
    String file();

    /** 1-based number of the current line in its file; counts from the file's start and so may read it again: for errors only. */
    long lineNumber() throws BspException;

    @Override
    void close();
}
