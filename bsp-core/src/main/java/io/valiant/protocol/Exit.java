package io.valiant.protocol;

/**
 * How a process ended.
 *
 * @param code exit code, or null if it was ended by a signal or never started
 * @param signal such as {@code SIGKILL}, or null
 */
public record Exit(Integer code, String signal) {
    /** A child that left because its groom was silent leaves with this code; not charged. */
    public static final int ORPHAN_CODE = 69;

    /** A child whose generation or attempt was refused leaves with this code; not charged. */
    public static final int FENCED_CODE = 70;

    @Override
    public String toString() {
        return signal != null ? "signal " + signal : "exit code " + code;
    }
}
