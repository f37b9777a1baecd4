package io.valiant.task;

/**
 * Where a child is in its life. Forward only, except that any phase may go to one of the last three.
 *
 * <pre>
 * STARTING → ATTACHING → WAITING → LINKING → RUNNING → ENDED → CLOSING → FINISHED → GONE
 *                 └────────┴──────────┴─────────┴────────┴───────┴→ FAILED → GONE
 *                                     └─────────┴→ LINK_LOST → GONE
 * </pre>
 */
public enum ChildPhase {
    /** The data endpoint is not bound yet. */
    STARTING,
    /** Has not been told its assignment. */
    ATTACHING,
    /** Knows its assignment, not yet its peers. */
    WAITING,
    /** Opens links to its peers. */
    LINKING,
    /** The program runs. */
    RUNNING,
    /** All programs have ended; parts are not closed because the groom holds. */
    ENDED,
    /** Closes its parts. */
    CLOSING,
    /** Its result is told; waits until the master has stored it. */
    FINISHED,
    /** A link is lost; waits to be ended. */
    LINK_LOST,
    /** The program or the task's own work failed; waits until the groom knows. */
    FAILED,
    /** Told to exit. */
    GONE;

    /** Whether the program may go on. */
    boolean isAlive() {
        return compareTo(LINK_LOST) < 0;
    }

    /** Whether the links are needed. */
    boolean needsLinks() {
        return this == LINKING || this == RUNNING;
    }
}
