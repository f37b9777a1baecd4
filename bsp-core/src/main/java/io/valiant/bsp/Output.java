package io.valiant.bsp;

/** Writes a task's part of the output. What was written counts only if the job succeeds. */
public interface Output {
    /**
     * One record. Text: a line {@code key<TAB>value}, or with the separator of the job's output format (graph results use a
     * blank, by their own writer). Sequence file: key and value of the classes declared, or a String for Text, a Long,
     * Integer, Double, Float, Boolean or byte[] for its Writable, null for NullWritable. A format of one's own: the same.
     */
    void write(Object key, Object value) throws BspException;

    /** One line as it is; must not contain a line end. Only where results are text. */
    void writeLine(CharSequence line) throws BspException;
}
