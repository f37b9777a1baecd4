package io.valiant.checkpoint;

import io.valiant.bsp.BspException;

/** A checkpoint is not what was written: an older one has to be taken. A store that is away is no damage. */
public final class DamagedCheckpointException extends BspException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: which file, and what is wrong with it */
    public DamagedCheckpointException(String message) {
        super(Kind.FATAL, message);
    }

    /** As the other, with what was met. */
    public DamagedCheckpointException(String message, Throwable cause) {
        super(Kind.FATAL, message, cause);
    }
}
