package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.examples.KCore;
import io.valiant.graph.GraphJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example k-core}. */
@Command(
        name = "k-core",
        description = "The k-core: what is left when vertices of less than k edges are taken away, again and again.",
        footer = {"", "Example:", "  bsp example k-core --vertices g.v --edges g.e --undirected --k 3"})
final class KCoreVerb extends GraphExampleVerb {
    @Option(names = "--k", paramLabel = "K", description = "the least number of edges; default: ${DEFAULT-VALUE}")
    private long k = 3;

    KCoreVerb(Shell shell) {
        super(shell);
    }

    @Override
    GraphJob program() throws BspException {
        need(k >= 1, "--k " + k + ": a core has vertices of at least 1 edge");
        return GraphJob.of(KCore.class).name("k-core").set(KCore.K, k);
    }
}
