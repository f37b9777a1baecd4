package io.valiant.graph;

/** How messages to one vertex become one. */
public enum Combination {
    /** Added up; no message is 0. */
    SUM,
    /** The least; no message is the greatest value there is. */
    MIN,
    /** The greatest; no message is the least value there is. */
    MAX
}
