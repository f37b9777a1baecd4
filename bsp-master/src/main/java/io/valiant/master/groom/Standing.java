package io.valiant.master.groom;

/** How a message of a groom stands against the registry, by epoch and incarnation. */
public enum Standing {
    /** It is what the registry has: believe it. */
    CURRENT,
    /** The groom has not registered in this epoch, or speaks of an older one: register again. */
    UNKNOWN,
    /** The incarnation is over. */
    FENCED
}
