package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.graph.GraphJob;
import io.valiant.graph.algorithm.ShortestPaths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example sssp}. */
@Command(
        name = "sssp",
        description = "Shortest paths: the least sum of weights from --source to every vertex.",
        footer = {"", "Example:", "  bsp example sssp --vertices g.v --edges g.e --weighted --source 1"})
final class ShortestPathsVerb extends GraphExampleVerb {
    @Option(names = "--source", paramLabel = "ID", description = "the vertex that paths start at")
    private String source;

    ShortestPathsVerb(Shell shell) {
        super(shell);
    }

    @Override
    GraphJob program() throws BspException {
        need(source != null, "sssp needs --source ID, the vertex that paths start at");
        return GraphJob.of(ShortestPaths.class).name("sssp").source(source);
    }
}
