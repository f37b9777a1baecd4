package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.protocol.Exit;

/**
 * What the end of a process means for its attempt. Pure.
 *
 * @param state the attempt's last
 * @param cause why
 * @param charged whether it counts against the task
 */
record Verdict(AttemptState state, Cause cause, boolean charged) {
    /** Why the master itself wants an attempt to end. */
    enum Wanted {
        /** It does not. */
        NO,
        /** The generation is over, or the job has failed. */
        OUTDATED,
        /** The job was cancelled. */
        CANCELLED
    }

    /**
     * Judges an end that the groom reported, for an attempt without a result.
     *
     * @param sentence the reason stored with the attempt before its end, or null; that of type PEER_FAILED is only a note
     * @param sentenceCharged whether it was to be charged
     * @param told the groom's cause, or null
     */
    static Verdict of(Wanted wanted, Cause sentence, boolean sentenceCharged, Exit exit, Cause told) {
        if (sentence != null && sentence.type() != CauseType.PEER_FAILED) {
            return new Verdict(stateFor(sentence.type(), sentenceCharged), sentence, sentenceCharged);
        }
        if (wanted == Wanted.CANCELLED) {
            return new Verdict(AttemptState.KILLED, Cause.of(CauseType.PREEMPTED, "the job was cancelled"), false);
        }
        if (hasCode(exit, Exit.ORPHAN_CODE)) {
            Cause cause = Cause.of(CauseType.GROOM_LOST, "left because its groom was silent");
            return new Verdict(AttemptState.LOST, cause, false);
        }
        if (exit == null && told == null) {
            return new Verdict(
                    AttemptState.LOST, Cause.of(CauseType.GROOM_LOST, "its groom has no trace of it"), false);
        }
        boolean fenced = hasCode(exit, Exit.FENCED_CODE);
        boolean neverRan = exit == null && told != null && told.type() == CauseType.STORAGE;
        if (told != null && told.type().isCharged() && !fenced && !neverRan) {
            return new Verdict(AttemptState.FAILED, told, true);
        }
        if (wanted == Wanted.OUTDATED || fenced) {
            Cause cause =
                    sentence != null ? sentence : Cause.of(CauseType.PEER_FAILED, "ended because another peer failed");
            return new Verdict(AttemptState.KILLED, cause, false);
        }
        if (told == null) {
            Cause cause = Cause.of(CauseType.EXIT, "ended with " + exit + " without a result");
            return new Verdict(AttemptState.FAILED, cause, true);
        }
        return new Verdict(stateFor(told.type(), false), told, false);
    }

    /** The last state of an attempt that ends for that reason. */
    static AttemptState stateFor(CauseType type, boolean charged) {
        if (charged) {
            return AttemptState.FAILED;
        }
        return switch (type) {
            case GROOM_LOST -> AttemptState.LOST;
            case STOPPED -> AttemptState.STOPPED;
            case PEER_FAILED, PREEMPTED, USER_ERROR, OUT_OF_MEMORY, EXIT, SIGNAL, PING_TIMEOUT, STORAGE ->
                AttemptState.KILLED;
        };
    }

    private static boolean hasCode(Exit exit, int code) {
        return exit != null && exit.code() != null && exit.code() == code;
    }
}
