package io.valiant.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** All verbs of {@code bsp} with their options, for tests of command lines that are not to be run. For one thread. */
public final class CommandModel {
    private static final CommandLine WHOLE = whole();

    private CommandModel() {}

    private static CommandLine whole() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Shell shell = new Shell(nowhere, nowhere, Path.of("conf"), configuration -> {
            throw new IllegalStateException("a command that is only parsed wants a cluster");
        });
        return BspMain.whole(shell)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAllowSubcommandsAsOptionParameters(true);
    }

    /**
     * What is wrong with a command line, or null.
     *
     * @param words all behind {@code bsp}
     * @param isWhole whether nothing that is required may be left out
     */
    public static String problem(List<String> words, boolean isWhole) {
        try {
            CommandLine.ParseResult deepest = WHOLE.parseArgs(words.toArray(String[]::new));
            while (deepest.hasSubcommand()) {
                deepest = deepest.subcommand();
            }
            boolean endsInNoun = !deepest.commandSpec().subcommands().isEmpty();
            return isWhole && endsInNoun && !deepest.isUsageHelpRequested() ? "a verb is missing" : null;
        } catch (MissingParameterException e) {
            return isWhole ? e.getMessage() : null;
        } catch (ParameterException e) {
            return e.getMessage();
        }
    }

    /** Whether there is that noun, or that verb of it. */
    public static boolean knows(String noun, String verb) {
        CommandLine found = WHOLE.getSubcommands().get(noun);
        return found != null && found.getSubcommands().containsKey(verb);
    }
}
