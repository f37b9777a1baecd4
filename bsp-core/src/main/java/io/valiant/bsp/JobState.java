package io.valiant.bsp;

/** Where a job is in its life. The last three are for ever. */
public enum JobState {
    /** Acknowledged and stored; its input is being looked at. */
    CREATED,
    /** Waits for services it depends on. */
    WAITING_FOR_SERVICES,
    /** Waits for room, with a reason. */
    PENDING,
    /** All tasks are placed. */
    RUNNING,
    /** A failure was seen; tasks are being started again in a new generation. */
    RECOVERING,
    /** Cancel was acknowledged; children are being killed. */
    CANCELING,
    /** Output is in place. */
    SUCCEEDED,
    /** Ended with a cause. */
    FAILED,
    /** Ended by cancel. */
    KILLED;

    /** Whether the job has ended. */
    public boolean isEnded() {
        return this == SUCCEEDED || this == FAILED || this == KILLED;
    }
}
