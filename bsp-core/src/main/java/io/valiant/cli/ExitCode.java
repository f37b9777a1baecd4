package io.valiant.cli;

import io.valiant.bsp.BspException;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;

/** What {@code bin/bsp} exits with. */
public enum ExitCode {
    DONE(0),
    /** Refused or failed; a job that FAILED, too. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The job was KILLED. */
    KILLED(3),
    /** No master answered within {@code bsp.client.timeout}. */
    NO_MASTER(4),
    /** The job had not ended in the time that {@code wait} was given. */
    WAIT_TIMED_OUT(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The code for a verb that ended with that exception. */
    static ExitCode of(Exception failure) {
        if (failure instanceof UsageException) {
            return USAGE;
        }
        if (failure instanceof CallException call && isAway(call.code())) {
            return NO_MASTER;
        }
        return failure.getCause() instanceof BspException cause && cause != failure ? of(cause) : FAILED;
    }

    private static boolean isAway(ErrorCode code) {
        return code == ErrorCode.UNREACHABLE || code == ErrorCode.TIMED_OUT || code == ErrorCode.NO_LEADER;
    }
}
