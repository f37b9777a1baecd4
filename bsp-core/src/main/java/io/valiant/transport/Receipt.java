package io.valiant.transport;

/** What the driver of a {@link LinkSession} does with a frame that came. */
public enum Receipt {
    /** New and in order: hand its payload on (DATA to the inbox, all others to the barrier; BYE has none). */
    DELIVER,
    /** Received before: drop it. */
    DUPLICATE,
    /** Meant for the session alone, which has dealt with it. */
    CONTROL,
    /** Damaged, out of order or out of place: close the connection, then {@link LinkSession#broken}. */
    BREAK,
    /** Not one of ours: older generation, other attempt, wrong secret. Close the connection; count it. */
    REFUSED,
    /** The link is lost for good, see {@link LinkSession#detail()}: close the connection. The next tick tells it. */
    LOST
}
