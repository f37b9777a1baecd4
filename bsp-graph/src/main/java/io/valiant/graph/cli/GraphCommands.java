package io.valiant.graph.cli;

import io.valiant.cli.CommandProvider;
import io.valiant.cli.Helpful;
import io.valiant.cli.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bsp graph …}. */
public final class GraphCommands implements CommandProvider {
    @Override
    public String noun() {
        return "graph";
    }

    @Override
    public Object command(Shell shell) {
        CommandLine noun = new CommandLine(new Noun());
        for (Algorithm algorithm : Algorithm.values()) {
            CommandLine verb = new CommandLine(new GraphVerb(shell, algorithm));
            verb.getCommandSpec()
                    .usageMessage()
                    .description(algorithm.description())
                    .footer(
                            "",
                            "Example:",
                            "  bsp graph " + algorithm.verb() + " --vertices g.v --edges g.e" + algorithm.example()
                                    + " --output /tmp/out");
            noun.addSubcommand(algorithm.verb(), verb);
        }
        noun.addSubcommand("generate", new GraphGenerate(shell));
        return noun.addSubcommand("convert", new GraphConvert(shell));
    }

    @Command(
            name = "graph",
            description = "Runs algorithms on graphs, and makes graphs to run them on.",
            footer = {"", "Example:", "  bsp graph pr --vertices g.v --edges g.e --tasks 4 --output /tmp/ranks"})
    private static final class Noun extends Helpful {}
}
