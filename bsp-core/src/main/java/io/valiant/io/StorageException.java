package io.valiant.io;

import io.valiant.bsp.BspException;

/** Disk or file system did not do what was asked; the same may work later. Causes of type STORAGE come from it. */
public final class StorageException extends BspException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(Kind.RETRIABLE, message, cause);
    }
}
