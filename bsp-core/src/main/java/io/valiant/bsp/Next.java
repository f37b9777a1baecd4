package io.valiant.bsp;

/** What a {@link SuperstepProgram} wants after a superstep. */
public enum Next {
    /** Another superstep. */
    CONTINUE,
    /** The end, if all peers say so in the same superstep; otherwise another superstep. */
    HALT
}
