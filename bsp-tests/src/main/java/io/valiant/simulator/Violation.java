package io.valiant.simulator;

/** An invariant does not hold, or a core threw: ends the world it happened in. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    public Violation(String invariant, String message) {
        this(invariant, message, null);
    }

    public Violation(String invariant, String message, Throwable cause) {
        super(message, cause);
        this.invariant = invariant;
    }

    /** {@code I1} … {@code I13}, {@code links} for pairs of grooms, {@code P1} for liveness, {@code core} where a core threw. */
    public String invariant() {
        return invariant;
    }
}
