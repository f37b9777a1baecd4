package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.cli.Shell;
import io.valiant.examples.CollaborativeFiltering;
import io.valiant.graph.GraphJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example collaborative-filtering}. */
@Command(
        name = "collaborative-filtering",
        description = "Learns factors of users and items from ratings, by alternating least squares.",
        footer = {"", "Example:", "  bsp example collaborative-filtering --ratings ratings.txt --factors 4"})
final class CollaborativeFilteringVerb extends LinesVerb {
    @Option(names = "--ratings", paramLabel = "F", description = "'user item rating' a line")
    private String ratings;

    @Option(names = "--factors", paramLabel = "N", description = "how many factors; default: ${DEFAULT-VALUE}")
    private int factors = 4;

    @Option(
            names = "--lambda",
            paramLabel = "L",
            description = "how much large factors cost; default: ${DEFAULT-VALUE}")
    private double lambda = 0.05;

    @Option(names = "--iterations", paramLabel = "N", description = "how many; default: ${DEFAULT-VALUE}")
    private long iterations = 10;

    @Option(
            names = "--seed",
            paramLabel = "X",
            description = "what the first factors are drawn from; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    CollaborativeFilteringVerb(Shell shell) {
        super(shell);
    }

    @Override
    BspJob job() throws BspException {
        need(ratings != null, "collaborative-filtering needs --ratings F: 'user item rating' a line");
        need(
                factors >= 1 && lambda > 0 && iterations >= 1,
                "--factors " + factors + " --lambda " + lambda + " --iterations " + iterations + ": all are above 0");
        GraphJob job = GraphJob.of(CollaborativeFiltering.class)
                .name("collaborative-filtering")
                .iterations(iterations)
                .set(CollaborativeFiltering.FACTORS, factors)
                .set(CollaborativeFiltering.LAMBDA, lambda)
                .set(CollaborativeFiltering.SEED, seed);
        return job.input("ratings", Shell.locations(ratings));
    }
}
