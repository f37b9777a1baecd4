package io.valiant.task;

/** Goes, suppressed, with what a program threw: the record of its input that it was at. */
public final class CurrentRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Long line;

    /**
     * A place in a file.
     *
     * @param offset byte position of the record's start
     * @param line 1-based number of its line, or null if it is not known
     */
    public CurrentRecord(String file, long offset, Long line) {
        super("current record: " + file + ":" + offset, null, false, false);
        this.file = file;
        this.line = line;
    }

    String file() {
        return file;
    }

    Long line() {
        return line;
    }
}
