package io.valiant.cli;

import io.valiant.bsp.BspException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all verbs share. A verb that can show facts as JSON extends {@link FactVerb}. */
@SuppressWarnings("UnusedMethod") // picocli calls what carries its annotations
public abstract class Verb extends Helpful implements Callable<Integer> {
    private final Shell shell;

    protected Verb(Shell shell) {
        this.shell = shell;
    }

    @Option(names = "--verbose", description = "with an error, show where in the program it came from")
    private void verbose(boolean verbose) {
        shell.verbose(verbose);
    }

    protected final Shell shell() {
        return shell;
    }

    @Override
    public final Integer call() throws BspException {
        return run().code();
    }

    /** Does what the verb says. An exception's message is all that is shown of it. */
    protected abstract ExitCode run() throws BspException;
}
