package io.valiant.graph;

import io.valiant.bsp.BspException;

/** A line of input; moved from line to line, must not be kept. */
public interface InputLine {
    /** The input's name, such as {@value GraphSettings#EDGES}. */
    String input();

    /** The line without its end. */
    String text();

    /** Bytes of the line are {@code bytes()[start() .. end())}, UTF-8. */
    byte[] bytes();

    int start();

    int end();

    /**
     * The error to throw for a line that is not as it should be: names file, line number and text.
     *
     * @param problem such as {@code is not 'id name'}
     */
    BspException bad(String problem) throws BspException;
}
