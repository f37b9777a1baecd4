package io.valiant.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code bsp completion}: what a shell needs to complete nouns, verbs and options. */
public final class CompletionCommand implements CommandProvider {
    @Override
    public String noun() {
        return "completion";
    }

    @Override
    public Object command(Shell shell) {
        return new Print(shell);
    }

    @Command(
            name = "completion",
            description = "Prints a script by which bash and zsh complete commands and options.",
            footer = {"", "Example:", "  source <(bsp completion)"})
    private static final class Print extends Verb {
        Print(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() {
            shell().out().print(AutoComplete.bash("bsp", BspMain.whole(shell())));
            return ExitCode.DONE;
        }
    }
}
