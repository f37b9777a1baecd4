package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.graph.GraphJob;
import io.valiant.graph.algorithm.ConnectedComponents;
import picocli.CommandLine.Command;

/** {@code example components}. */
@Command(
        name = "components",
        description = "Connected components: every vertex gets the least id of its component.",
        footer = {"", "Example:", "  bsp example components --vertices g.v --edges g.e"})
final class ComponentsVerb extends GraphExampleVerb {
    ComponentsVerb(Shell shell) {
        super(shell);
    }

    @Override
    GraphJob program() throws BspException {
        return GraphJob.of(ConnectedComponents.class).name("components");
    }
}
