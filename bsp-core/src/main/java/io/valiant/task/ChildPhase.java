package io.valiant.task;

/**
 * Where a child is in its life. Forward only, but that any phase may go to FAILED or GONE and that a roll-back leads any
 * that knows its assignment, FAILED excepted, through REJOINING back to WAITING.
 *
 * <pre>
 * STARTING → ATTACHING → WAITING → LINKING → RUNNING → ENDED → CLOSING → FINISHED → GONE
 *                 │         ↑         ├─────────┴→ LINK_LOST → GONE
 *                 │     REJOINING ←───┴── any from WAITING to LINK_LOST
 *                 └→ FAILED → GONE
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
    /** A link is lost; waits to be ended or to rejoin. */
    LINK_LOST,
    /** The job was rolled back; waits until the program of the generation before has ended. */
    REJOINING,
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

    /** Whether a newer generation may be joined from here. */
    boolean mayRejoin() {
        return compareTo(WAITING) >= 0 && compareTo(REJOINING) <= 0;
    }
}
