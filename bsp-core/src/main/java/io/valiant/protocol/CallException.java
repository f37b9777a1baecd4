package io.valiant.protocol;

import io.valiant.bsp.BspException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** A call that was refused or not answered. Crosses the wire as its code and its message, nothing else. */
public final class CallException extends BspException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public CallException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public CallException(ErrorCode code, String message, Throwable cause) {
        super(code.kind(), message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    public ErrorCode code() {
        return code;
    }

    /** What a future failed with, without the wrapping; anything but a {@link CallException} is an internal error. */
    public static CallException of(Throwable failure) {
        Throwable e = unwrap(failure);
        if (e instanceof CallException call) {
            return call;
        }
        if (e instanceof BspException bsp) {
            return new CallException(codeOf(bsp.kind()), bsp.getMessage(), e);
        }
        return new CallException(ErrorCode.INTERNAL, "internal error: " + e, e);
    }

    /** What a future failed with, without the wrapping. */
    public static Throwable unwrap(Throwable failure) {
        Throwable e = failure;
        while ((e instanceof CompletionException || e instanceof ExecutionException) && e.getCause() != null) {
            e = e.getCause();
        }
        return e;
    }

    private static ErrorCode codeOf(Kind kind) {
        return switch (kind) {
            case RETRIABLE -> ErrorCode.NO_LEADER;
            case FENCED -> ErrorCode.FENCED;
            case USER -> ErrorCode.BAD_REQUEST;
            case FATAL -> ErrorCode.INTERNAL;
        };
    }
}
