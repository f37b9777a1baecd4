package io.valiant.graph.io;

/** How the ids of a job are kept: all of them in the same form. */
public enum IdForm {
    /** Signed 64-bit numbers; possible only if every id is written as {@link Long#toString(long)} would write it. */
    LONG,
    /** Bytes of UTF-8. */
    TEXT
}
