package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.cli.Shell;
import io.valiant.examples.KMeans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example k-means}. */
@Command(
        name = "k-means",
        description = "k-means: finds k heaps in points, one a line with its coordinates.",
        footer = {"", "Example:", "  bsp example k-means --input points.txt --k 3 --tasks 4"})
final class KMeansVerb extends LinesVerb {
    @Option(names = "--k", paramLabel = "K", description = "how many clusters; default: ${DEFAULT-VALUE}")
    private int k = 3;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "how often centres move at most; default: ${DEFAULT-VALUE}")
    private long iterations = 100;

    KMeansVerb(Shell shell) {
        super(shell);
    }

    @Override
    BspJob job() throws BspException {
        needInput("points, 'x y ...' a line");
        need(k >= 1 && iterations >= 1, "--k " + k + " --iterations " + iterations + ": both are at least 1");
        return BspJob.of(KMeans.class).name("k-means").set(KMeans.K, k).set(KMeans.ITERATIONS, iterations);
    }
}
