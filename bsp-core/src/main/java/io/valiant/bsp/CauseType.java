package io.valiant.bsp;

/** Why an attempt or a job ended otherwise than well. */
public enum CauseType {
    /** The program threw. */
    USER_ERROR,
    /** The heap was not enough, or the kernel killed the child for memory. */
    OUT_OF_MEMORY,
    /** The child exited without an end, with a code. */
    EXIT,
    /** The child was ended by a signal nobody here sent. */
    SIGNAL,
    /** The child was there but silent. */
    PING_TIMEOUT,
    /** The groom was lost, or the child left because its groom was silent. */
    GROOM_LOST,
    /** Another peer failed, or a link could not be resumed. */
    PEER_FAILED,
    /** Disk or file system. */
    STORAGE,
    /** Killed by an operator or a cancel. */
    PREEMPTED,
    /** Ended by {@code task stop}. */
    STOPPED;

    /** Whether an attempt ended by this counts against its task. */
    public boolean isCharged() {
        return switch (this) {
            case USER_ERROR, OUT_OF_MEMORY, EXIT, SIGNAL, PING_TIMEOUT, STORAGE -> true;
            case GROOM_LOST, PEER_FAILED, PREEMPTED, STOPPED -> false;
        };
    }
}
