package io.valiant.cli;

import picocli.CommandLine.Option;

/** A verb that prints facts: for people, or with {@code --json} as one document. */
public abstract class FactVerb extends Verb {
    @Option(names = "--json", description = "print the facts as one JSON document")
    private boolean json;

    protected FactVerb(Shell shell) {
        super(shell);
    }

    /** Whether a program reads stdout. */
    protected final boolean isJson() {
        return json;
    }
}
