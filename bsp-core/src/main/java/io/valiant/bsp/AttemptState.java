package io.valiant.bsp;

/** Where an attempt is in its life. From SUCCEEDED on it has ended. */
public enum AttemptState {
    /** A slot is taken, a launch was directed. */
    ASSIGNED,
    /** Its child has attached. */
    RUNNING,
    /** It has closed its parts; the job is not committed yet. */
    COMMITTING,
    SUCCEEDED,
    FAILED,
    KILLED,
    /** Its groom was lost. */
    LOST,
    /** Ended by {@code task stop}. */
    STOPPED;

    /** Whether the attempt has ended. */
    public boolean isEnded() {
        return compareTo(SUCCEEDED) >= 0;
    }
}
