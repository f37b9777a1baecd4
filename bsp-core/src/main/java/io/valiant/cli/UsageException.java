package io.valiant.cli;

import io.valiant.bsp.BspException;

/** The command line is wrong in a way that the parser does not know; ends with {@link ExitCode#USAGE}. */
public final class UsageException extends BspException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(Kind.USER, message);
    }
}
