package io.valiant.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bsp} itself: what stands before the noun. */
@Command(
        name = "bsp",
        description = "Runs bulk synchronous parallel programs on a cluster.",
        synopsisSubcommandLabel = "NOUN [VERB]",
        commandListHeading = "%nNouns:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Example:",
            "  bsp cluster start --dir /tmp/cluster --grooms 2",
            "  bsp --config /tmp/cluster/conf example pi --tasks 4",
            "",
            "bsp NOUN --help and bsp NOUN VERB --help tell more."
        })
@SuppressWarnings("UnusedMethod") // picocli calls what carries its annotations
final class RootCommand extends Helpful {
    private final Shell shell;

    RootCommand(Shell shell) {
        this.shell = shell;
    }

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "the configuration folder of the cluster; default: BSP_CONF_DIR, or conf")
    private void config(Path folder) {
        shell.configurationFolder(folder);
    }

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "a key of the configuration for this command only; bsp conf list names them")
    private void overrides(Map<String, String> values) {
        shell.overrides(values);
    }

    @Option(names = "--verbose", description = "with an error, show where in the program it came from")
    private void verbose(boolean verbose) {
        shell.verbose(verbose);
    }
}
