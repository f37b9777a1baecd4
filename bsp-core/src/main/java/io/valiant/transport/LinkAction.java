package io.valiant.transport;

/** What {@link LinkSession#tick} asks of its driver. */
public enum LinkAction {
    /** Nothing but to write what {@link LinkSession#nextToWrite()} offers. */
    NONE,
    /** Start a connection; then {@link LinkSession#connected} or {@link LinkSession#broken}. */
    DIAL,
    /** Close the connection, then {@link LinkSession#broken}. */
    BREAK,
    /** The link has just been lost: close the connection, report {@link LinkSession#detail()}. Said once. */
    LOST
}
