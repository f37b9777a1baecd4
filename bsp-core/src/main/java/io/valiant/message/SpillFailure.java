package io.valiant.message;

import io.valiant.bsp.BspException;

/** Messages above the memory share could not be written to, or read from, the local disk. The attempt ends; cause STORAGE. */
public final class SpillFailure extends BspException {
    private static final long serialVersionUID = 1L;

    SpillFailure(String message, Throwable cause) {
        super(Kind.RETRIABLE, message, cause);
    }
}
