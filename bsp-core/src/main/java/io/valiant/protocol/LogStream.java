package io.valiant.protocol;

/** What a child writes. */
public enum LogStream {
    STDOUT,
    STDERR;

    /** The name in commands and addresses. */
    public String label() {
        return this == STDOUT ? "stdout" : "stderr";
    }
}
