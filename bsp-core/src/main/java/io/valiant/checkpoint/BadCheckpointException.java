package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import java.io.IOException;

/** A task cannot begin from its part of the checkpoint, though the part is whole: its contents are not what was expected. */
public final class BadCheckpointException extends BspException {
    private static final long serialVersionUID = 1L;

    /** {@code superstep}: the one of the checkpoint, that computes next. */
    public BadCheckpointException(long superstep, IOException cause) {
        super(
                Kind.RETRIABLE,
                "cannot begin from the checkpoint of superstep " + superstep + ": " + reason(cause),
                cause);
    }

    private static String reason(IOException cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
