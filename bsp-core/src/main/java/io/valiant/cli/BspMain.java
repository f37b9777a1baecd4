package io.valiant.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine;

/** The program of {@code bin/bsp}. */
public final class BspMain {
    private BspMain() {}

    public static void main(String[] args) {
        exit(shell -> commandLine(shell, args), args);
    }

    /** Runs a program that is one verb, with the same options, errors and exit codes; does not return. */
    public static void exec(Function<Shell, Verb> verb, String... args) {
        exit(shell -> new CommandLine(verb.apply(shell)), args);
    }

    private static void exit(Function<Shell, CommandLine> command, String... args) {
        Path folder = Path.of(System.getProperty("bsp.conf.dir", "conf"));
        Shell shell = new Shell(System.out, System.err, folder, Connections::connect);
        int code = run(shell, command, args);
        if (code != 0 || !shell.isJvmLeftToProgram()) {
            System.exit(code);
        }
    }

    /** Runs one command; the code is what a process would exit with. Closes the shell. */
    static int run(Shell shell, String... args) {
        return run(shell, self -> commandLine(self, args), args);
    }

    private static int run(Shell shell, Function<Shell, CommandLine> command, String... args) {
        try (shell) {
            CommandLine line = command.apply(shell);
            Errors errors = new Errors(shell);
            line.setExecutionExceptionHandler(errors)
                    .setParameterExceptionHandler(errors)
                    .setOut(writer(shell.out()))
                    .setErr(writer(shell.err()))
                    .setUsageHelpAutoWidth(true)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    // a folder may be called as a noun is: bsp --config conf conf check
                    .setAllowSubcommandsAsOptionParameters(true);
            return line.execute(args);
        } finally {
            shell.out().flush();
            shell.err().flush();
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** With every noun there is. */
    static CommandLine whole(Shell shell) {
        return commandLine(shell, new String[0]);
    }

    private static CommandLine commandLine(Shell shell, String[] args) {
        CommandLine root = new CommandLine(new RootCommand(shell));
        String typed = noun(args);
        List<CommandProvider> all = providers();
        boolean known = all.stream().anyMatch(provider -> provider.noun().equals(typed));
        for (CommandProvider provider : all) {
            if (!known || provider.noun().equals(typed)) {
                root.addSubcommand(provider.noun(), provider.command(shell));
            }
        }
        return root;
    }

    /** In the order of their nouns. */
    private static List<CommandProvider> providers() {
        TreeMap<String, CommandProvider> byNoun = new TreeMap<>();
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class, BspMain.class.getClassLoader())) {
            CommandProvider other = byNoun.put(provider.noun(), provider);
            if (other != null) {
                throw new IllegalStateException("noun " + provider.noun() + " comes from "
                        + other.getClass().getName() + " and from "
                        + provider.getClass().getName());
            }
        }
        return new ArrayList<>(byNoun.values());
    }

    /** The first word that is neither an option nor an option's value, or the empty string. */
    static String noun(String... args) {
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.equals("--config") || arg.equals("-D")) {
                i++;
            } else if (!arg.startsWith("-")) {
                return arg;
            }
        }
        return "";
    }
}
