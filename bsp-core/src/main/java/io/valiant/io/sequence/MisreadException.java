package io.valiant.io.sequence;

import java.io.IOException;

/** The bytes of a file are there and are not what they have to be. */
final class MisreadException extends IOException {
    private static final long serialVersionUID = 1L;

    MisreadException(String message) {
        super(message);
    }
}
