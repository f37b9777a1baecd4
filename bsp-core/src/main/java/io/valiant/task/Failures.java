package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.io.BadRecordException;
import io.valiant.io.StorageException;
import io.valiant.message.SpillFailure;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Turns what a program threw into the cause that its groom, the master and the client are told. */
public final class Failures {
    private static final int MOST_TEXT = 8 * 1024;
    private static final int MOST_LINE = 500;
    private static final int MOST_DEPTH = 20;

    private Failures() {}

    /**
     * Type, one line and text of a failure.
     *
     * @param superstep in which it happened, or null
     */
    public static Cause of(Throwable failure, Long superstep) {
        if (find(failure, OutOfMemoryError.class) != null) {
            return new Cause(
                    CauseType.OUT_OF_MEMORY, line(failure), null, null, superstep, shortText(failure), null, null);
        }
        BadRecordException record = find(failure, BadRecordException.class);
        if (record != null) {
            return cause(failure, line(failure), superstep, record.file(), record.line());
        }
        CurrentRecord current = type(failure) == CauseType.USER_ERROR ? currentRecord(failure) : null;
        return current == null
                ? cause(failure, line(failure), superstep, null, null)
                : cause(
                        failure,
                        line(failure) + " (" + current.getMessage() + ")",
                        superstep,
                        current.file(),
                        current.line());
    }

    private static Cause cause(Throwable failure, String message, Long superstep, String file, Long line) {
        return new Cause(type(failure), message, null, null, superstep, text(failure), file, line);
    }

    /** Where in its input the program was; of several inputs the one it opened last. */
    private static CurrentRecord currentRecord(Throwable failure) {
        CurrentRecord found = null;
        for (Throwable with : failure.getSuppressed()) {
            if (with instanceof CurrentRecord record) {
                found = record;
            }
        }
        return found;
    }

    private static CauseType type(Throwable failure) {
        if (find(failure, StorageException.class) != null || find(failure, SpillFailure.class) != null) {
            return CauseType.STORAGE;
        }
        BspException told = find(failure, BspException.class);
        if (told == null) {
            return CauseType.USER_ERROR;
        }
        return switch (told.kind()) {
            case USER -> CauseType.USER_ERROR;
            case RETRIABLE, FENCED -> CauseType.PEER_FAILED;
            case FATAL -> CauseType.STORAGE;
        };
    }

    /** The first of that type among a failure and its causes, or null. */
    static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < MOST_DEPTH; depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    /** One line: our own errors by their message alone, others with their class. */
    static String line(Throwable failure) {
        boolean ours = failure instanceof BspException && failure.getMessage() != null;
        String text = ours ? failure.getMessage() : String.valueOf(failure);
        if (failure.getMessage() == null && failure.getCause() != null) {
            text += ": " + failure.getCause();
        }
        String first = text.lines().findFirst().orElse("");
        return first.length() <= MOST_LINE ? first : first.substring(0, MOST_LINE) + "…";
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        String whole = text.toString();
        return whole.length() <= MOST_TEXT ? whole : whole.substring(0, MOST_TEXT - 1) + "…";
    }

    /** Where memory is short: the first frames only. */
    private static String shortText(Throwable failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure));
        StackTraceElement[] frames = failure.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MOST_DEPTH); i++) {
            text.append("\n\tat ").append(frames[i]);
        }
        return text.toString();
    }
}
