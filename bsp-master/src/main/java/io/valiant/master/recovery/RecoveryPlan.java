package io.valiant.master.recovery;

/** What to do with a job of which an attempt has failed. */
public sealed interface RecoveryPlan {
    /**
     * All tasks start again from the newest checkpoint, or at the job's first superstep, in a new generation.
     *
     * @param free nobody is charged: it counts against the job's cap
     * @param waitNs from now until it may be placed
     */
    record RollBack(boolean free, long waitNs) implements RecoveryPlan {}

    /** The job fails; {@code reason} goes before the cause's own message, or is null. */
    record GiveUp(String reason) implements RecoveryPlan {}
}
