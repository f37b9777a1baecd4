package io.valiant.bsp;

/** Writes a task's part of the output. What was written counts only if the job succeeds. */
public interface Output {
    /** One line {@code key<TAB>value}; graph results use a blank instead, by their own writer. */
    void write(Object key, Object value) throws BspException;

    /** One line as it is; must not contain a line end. */
    void writeLine(CharSequence line) throws BspException;
}
