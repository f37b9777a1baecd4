package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.examples.InLinkCount;
import io.valiant.graph.GraphJob;
import picocli.CommandLine.Command;

/** {@code example in-links}. */
@Command(
        name = "in-links",
        description = "How many edges lead to every vertex: the smallest vertex program.",
        footer = {"", "Example:", "  bsp example in-links --vertices g.v --edges g.e"})
final class InLinksVerb extends GraphExampleVerb {
    InLinksVerb(Shell shell) {
        super(shell);
    }

    @Override
    GraphJob program() throws BspException {
        return GraphJob.of(InLinkCount.class).name("in-links");
    }
}
