package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.graph.GraphJob;
import io.valiant.graph.GraphSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** An example that computes on a graph. */
@Command
abstract class GraphExampleVerb extends LinesVerb {
    @Option(names = "--vertices", paramLabel = "F", description = "one id a line")
    private String vertices;

    @Option(names = "--edges", paramLabel = "F", description = "'from to [weight]' a line")
    private String edges;

    @Option(names = "--adjacency", paramLabel = "F", description = "instead of both: 'id n1 n2 ...' a line")
    private String adjacency;

    @Option(names = "--undirected", description = "every edge goes both ways")
    private boolean undirected;

    @Option(names = "--weighted", description = "edges have weights")
    private boolean weighted;

    GraphExampleVerb(Shell shell) {
        super(shell);
    }

    /** The vertex program with its own options. */
    abstract GraphJob program() throws BspException;

    @Override
    final GraphJob job() throws BspException {
        GraphJob job = program();
        boolean isList = vertices != null && edges != null && adjacency == null;
        boolean isAdjacency = adjacency != null && vertices == null && edges == null;
        need(isList || isAdjacency, "this example needs one graph: --vertices F and --edges F, or --adjacency F");
        if (isList) {
            job.vertices(Shell.locations(vertices)).edges(Shell.locations(edges));
        } else {
            job.adjacency(Shell.locations(adjacency));
        }
        if (undirected) {
            job.undirected();
        }
        if (weighted) {
            job.weighted();
        }
        return job;
    }

    /** How many iterations there shall be, where that was said. */
    static GraphJob iterations(GraphJob job, Long count) throws UsageException {
        if (count == null) {
            return job;
        }
        need(count >= 1, "--iterations " + count + " is not a positive number");
        return job.set(GraphSettings.ITERATIONS, count);
    }
}
