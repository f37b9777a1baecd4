package io.valiant.bsp;

import java.util.Objects;

/** Any failure that a caller can do something about. The message says what, which id, what to do next, in one line. */
public class BspException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the caller may do. */
    public enum Kind {
        /** Try again: a peer, a disk or a master is away for the moment. */
        RETRIABLE,
        /** Stop: another epoch, incarnation, generation or attempt has taken over. */
        FENCED,
        /** Correct the program, its input or the call. */
        USER,
        /** Give up: nothing the caller does will help. */
        FATAL
    }

    private final Kind kind;

    public BspException(Kind kind, String message) {
        this(kind, message, null);
    }

    public BspException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }

    /** Shorthand for a {@link Kind#USER} error. */
    public static BspException user(String format, Object... arguments) {
        return new BspException(Kind.USER, String.format(java.util.Locale.ROOT, format, arguments));
    }
}
