package io.valiant.protocol;

import io.valiant.bsp.BspException.Kind;
import java.util.Optional;

/** Why a call is refused, as programs see it: a word that does not change, an HTTP status, and what the caller may do. */
public enum ErrorCode {
    BAD_REQUEST("BadRequest", 400, Kind.USER),
    JOB_NOT_FOUND("JobNotFound", 404, Kind.USER),
    /** The id was used before; ids are never used twice. */
    JOB_EXISTS("JobExists", 409, Kind.USER),
    /** The output folder is there already and is not to be replaced, or holds what no job wrote. */
    OUTPUT_EXISTS("OutputExists", 409, Kind.USER),
    /** Nothing can be done to a job that has ended. */
    JOB_ENDED("JobEnded", 400, Kind.USER),
    /** Too late: the job's output is being moved into place. */
    JOB_COMMITTING("JobCommitting", 400, Kind.USER),
    /** What was asked wants a job that has ended. */
    JOB_NOT_ENDED("JobNotEnded", 400, Kind.USER),
    ATTEMPT_NOT_FOUND("AttemptNotFound", 404, Kind.USER),
    ATTEMPT_ENDED("AttemptEnded", 400, Kind.USER),
    /** Only a task that was stopped can be resumed. */
    TASK_NOT_STOPPED("TaskNotStopped", 400, Kind.USER),
    GROOM_NOT_FOUND("GroomNotFound", 404, Kind.USER),
    /** Only a groom that is LOST, or drained and without a task, can be removed. */
    GROOM_IN_USE("GroomInUse", 400, Kind.USER),
    LOG_NOT_FOUND("LogNotFound", 404, Kind.USER),
    /** The groom that has it does not answer the master: asking again at once is of no use. */
    GROOM_UNREACHABLE("GroomUnreachable", 503, Kind.USER),
    /** The child JVM cannot be asked, or does not answer. */
    NO_THREAD_DUMP("NoThreadDump", 400, Kind.USER),
    /** No such page or interface. */
    NOT_FOUND("NotFound", 404, Kind.USER),
    TOO_LARGE("TooLarge", 413, Kind.USER),
    /** Client and server are of versions that do not know each other. */
    VERSION("VersionMismatch", 400, Kind.USER),
    /** Another epoch, incarnation or generation has taken over. */
    FENCED("Fenced", 409, Kind.FENCED),
    /** The master does not lead yet, or no more. */
    NO_LEADER("NoLeader", 503, Kind.RETRIABLE),
    /** Nobody answers at the address. */
    UNREACHABLE("Unreachable", 503, Kind.RETRIABLE),
    /** No answer in time; what was asked may have been done. */
    TIMED_OUT("TimedOut", 503, Kind.RETRIABLE),
    INTERNAL("Internal", 500, Kind.FATAL);

    private final String code;
    private final int httpStatus;
    private final Kind kind;

    ErrorCode(String code, int httpStatus, Kind kind) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.kind = kind;
    }

    /** The word, such as {@code JobNotFound}; in JSON after {@code BSP:}. */
    public String code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public Kind kind() {
        return kind;
    }

    /** The constant with that word, with or without {@code BSP:}. */
    public static Optional<ErrorCode> find(String word) {
        String bare = word.startsWith("BSP:") ? word.substring(4) : word;
        for (ErrorCode candidate : values()) {
            if (candidate.code.equals(bare)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** An exception with this code. */
    public CallException with(String message) {
        return new CallException(this, message);
    }
}
