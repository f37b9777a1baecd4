package io.valiant.bsp;

/** Which keys of joined inputs are given, and with which values. */
public enum Join {
    /** Keys that all inputs have; of a key that comes several times, every combination of the inputs' values. */
    INNER,
    /** Keys that any input has, as with {@link #INNER}; an input without the key has no value there. */
    OUTER,
    /** Keys that any input has, each with the values of the last of the inputs that has it. */
    OVERRIDE
}
