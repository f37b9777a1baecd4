package io.valiant.cli;

/** Brings one noun of the command line with its verbs; found by ServiceLoader, so that modules above can have their own. */
public interface CommandProvider {
    /** The word, such as {@code job}. */
    String noun();

    /** A picocli command whose subcommands are the verbs. Called only if the noun was typed, or for help. */
    Object command(Shell shell);
}
