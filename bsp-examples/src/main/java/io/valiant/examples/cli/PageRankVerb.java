package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.graph.GraphJob;
import io.valiant.graph.algorithm.PageRank;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example pagerank}. */
@Command(
        name = "pagerank",
        description = "PageRank of every vertex (S. Brin, L. Page 1998).",
        footer = {"", "Example:", "  bsp example pagerank --vertices g.v --edges g.e --iterations 20"})
final class PageRankVerb extends GraphExampleVerb {
    @Option(names = "--iterations", paramLabel = "N", description = "how many; 30 unless told")
    private Long iterations;

    PageRankVerb(Shell shell) {
        super(shell);
    }

    @Override
    GraphJob program() throws BspException {
        return iterations(GraphJob.of(PageRank.class).name("pagerank"), iterations);
    }
}
