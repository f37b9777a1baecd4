package io.valiant.cli;

import picocli.CommandLine.Option;

/** Every command has {@code --help}. Nouns extend this and nothing more. */
public abstract class Helpful {
    /** Only the parser looks at it. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean unusedHelp;
}
