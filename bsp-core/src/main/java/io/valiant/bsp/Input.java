package io.valiant.bsp;

/**
 * A task's share of the input, record by record, see {@link Format}. Text input: the record's value is the line, its key the
 * byte position.
 */
public interface Input {
    /** Moves to the next record; false at the end. */
    boolean next() throws BspException;

    /**
     * The current record's text: its line without the line end, or key, tab and value where records are no lines; a new
     * String each time it is asked for.
     */
    String text();

    /** The current record's place: {@code file:offset}, for messages to people. */
    String position();

    /** Starts again at the first record. */
    void reopen() throws BspException;
}
