package io.valiant.bsp;

/** A task's share of the input, record by record. Text input: the record's value is the line, its key the byte position. */
public interface Input {
    /** Moves to the next record; false at the end. */
    boolean next() throws BspException;

    /** The current record's text, without its line end; a new String each time it is asked for. */
    String text();

    /** The current record's place: {@code file:offset}, for messages to people. */
    String position();

    /** Starts again at the first record. */
    void reopen() throws BspException;
}
