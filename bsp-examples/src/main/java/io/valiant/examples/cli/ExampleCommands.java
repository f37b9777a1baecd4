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
    @Override
    public String noun() {
        return "example";
    }

    @Override
    public Object command(Shell shell) {
        List<ExampleVerb> examples = examples(shell);
        CommandLine noun = new CommandLine(new Noun()).addSubcommand(new ExampleList(shell, examples));
        examples.forEach(noun::addSubcommand);
        return noun;
    }

    /** In the order of {@code example list}: from the smallest on, what belongs together side by side. */
    static List<ExampleVerb> examples(Shell shell) {
        return List.of(
                new PiVerb(shell),
                new LedgerVerb(shell),
                new PageRankVerb(shell),
                new ShortestPathsVerb(shell),
                new ComponentsVerb(shell),
                new InLinksVerb(shell),
                new KCoreVerb(shell),
                new MatchingVerb(shell),
                new SemiClusteringVerb(shell),
                new KMeansVerb(shell),
                new GradientDescentVerb(shell),
                new CollaborativeFilteringVerb(shell),
                new SparseMatrixVectorVerb(shell),
                new SampleSortVerb(shell),
                new RandomBenchVerb(shell),
                new RandomDataVerb(shell));
    }

    @Command(
            name = "example",
            description = "Runs example programs.",
            footer = {"", "Example:", "  bsp example pi --tasks 4"})
    private static final class Noun extends Helpful {}

    /** One example as {@code example list --json} shows it. */
    private record Example(String name, String description) {
        static Example of(ExampleVerb verb) {
            Command command = verb.getClass().getAnnotation(Command.class);
            return new Example(command.name(), command.description()[0]);
        }
    }

    @Command(
            name = "list",
            description = "Lists the examples.",
            footer = {"", "Example:", "  bsp example list"})
    private static final class ExampleList extends FactVerb {
        private final List<ExampleVerb> examples;

        ExampleList(Shell shell, List<ExampleVerb> examples) {
            super(shell);
            this.examples = examples;
        }

        @Override
        protected ExitCode run() throws BspException {
            List<Example> all = examples.stream().map(Example::of).toList();
            if (isJson()) {
                shell().json(all);
                return ExitCode.DONE;
            }
            Table table = new Table("NAME", "WHAT IT DOES");
            all.forEach(example -> table.row(example.name(), example.description()));
            table.print(shell().out());
            return ExitCode.DONE;
        }
    }
}
