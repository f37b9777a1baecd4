package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.graph.GraphJob;
import io.valiant.graph.algorithm.BipartiteMatching;
import picocli.CommandLine.Command;

/** {@code example bipartite-matching}. */
@Command(
        name = "bipartite-matching",
        description = "A maximal matching of a bipartite graph, whose edges lead from left to right.",
        footer = {"", "Example:", "  bsp example bipartite-matching --adjacency g.txt"})
final class MatchingVerb extends GraphExampleVerb {
    MatchingVerb(Shell shell) {
        super(shell);
    }

    @Override
    GraphJob program() throws BspException {
        return GraphJob.of(BipartiteMatching.class).name("bipartite-matching");
    }
}
