package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Helpful;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bsp example …}. */
public final class ExampleCommands implements CommandProvider {
    /** One example as {@code example list --json} shows it. */
    private record Example(String name, String description) {}

    private static final List<Example> ALL = List.of(
            new Example("ledger", "passes hashes around: any message lost, doubled or out of order changes the result"),
            new Example("pi", "estimates pi by throwing darts"));

    @Override
    public String noun() {
        return "example";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun())
                .addSubcommand(new ExampleList(shell))
                .addSubcommand(new LedgerVerb(shell))
                .addSubcommand(new PiVerb(shell));
    }

    @Command(
            name = "example",
            description = "Runs example programs.",
            footer = {"", "Example:", "  bsp example pi --tasks 4"})
    private static final class Noun extends Helpful {}

    @Command(
            name = "list",
            description = "Lists the examples.",
            footer = {"", "Example:", "  bsp example list"})
    private static final class ExampleList extends FactVerb {
        ExampleList(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            if (isJson()) {
                shell().json(ALL);
                return ExitCode.DONE;
            }
            Table table = new Table("NAME", "WHAT IT DOES");
            ALL.forEach(example -> table.row(example.name(), example.description()));
            table.print(shell().out());
            return ExitCode.DONE;
        }
    }
}
