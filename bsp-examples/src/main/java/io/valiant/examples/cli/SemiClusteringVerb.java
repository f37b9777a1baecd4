package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.examples.SemiClustering;
import io.valiant.graph.GraphJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example semi-clustering}. */
@Command(
        name = "semi-clustering",
        description = "Groups of vertices that have much to do with each other and little with others.",
        footer = {"", "Example:", "  bsp example semi-clustering --vertices g.v --edges g.e --undirected --iterations 5"
        })
final class SemiClusteringVerb extends GraphExampleVerb {
    @Option(names = "--iterations", paramLabel = "N", description = "how many; 10 unless told")
    private Long iterations;

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "the most members of a group; default: ${DEFAULT-VALUE}")
    private int members = 8;

    @Option(
            names = "--factor",
            paramLabel = "F",
            description = "how much an edge that leaves a group counts against it; default: ${DEFAULT-VALUE}")
    private double factor = 0.2;

    SemiClusteringVerb(Shell shell) {
        super(shell);
    }

    @Override
    GraphJob program() throws BspException {
        need(members >= 2, "--members " + members + ": a group has room for at least 2");
        GraphJob job = GraphJob.of(SemiClustering.class)
                .name("semi-clustering")
                .set(SemiClustering.MEMBERS, members)
                .set(SemiClustering.FACTOR, factor);
        return iterations(job, iterations);
    }
}
