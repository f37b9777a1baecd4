package io.valiant.io.compress;

import java.io.IOException;

/** Compressed data are cut or wrong; the file was read well. */
public final class DamagedDataException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
