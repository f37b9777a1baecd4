package io.valiant.io;

import io.valiant.bsp.BspException;

/**
 * The lines of one split as bytes; no object per line. After {@link #next()} the line is
 * {@code buffer()[start() .. end())}, without its line end; valid until the next call. Used by one thread.
 *
 * <p>Who reads many short lines may look at those that lie in the buffer already, {@code buffer()[ahead() .. aheadEnd())}, all
 * at once, each with its end, and {@link #pass} what it has understood: what is left comes line by line again.
 */
public interface LineReader extends AutoCloseable {
    /** Moves to the next line; false at the end of the split. */
    boolean next() throws BspException;

    byte[] buffer();

    int start();

    int end();

    /** Where in the buffer the next line begins. */
    int ahead();

    /** Where the last line of this split ends that lies in the buffer with its {@code \n}; {@link #ahead()} if there is none. */
    int aheadEnd();

    /** Goes on behind lines that were read by the caller: with the one that begins at {@code to}, ahead() to aheadEnd(). */
    void pass(int to);

    /** Byte position of the line's start in its file (of the decompressed bytes, if compressed). */
    long offset();

    /** The file's name, for messages. */
    String file();

    /** 1-based number of the current line in its file; counts from the file's start and so may read it again: for errors only. */
    long lineNumber() throws BspException;

    @Override
    void close();
}
