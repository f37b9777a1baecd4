package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.cli.Shell;
import io.valiant.examples.RandomData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example random-data}. */
@Command(
        name = "random-data",
        description = "Makes input for the other examples: points, linear, logistic, matrix, vector, ratings or words.",
        footer = {"", "Example:", "  bsp example random-data --kind points --rows 100000 --output points"})
final class RandomDataVerb extends LinesVerb {
    @Option(
            names = "--kind",
            paramLabel = "K",
            description = "points, linear, logistic, matrix, vector, ratings or words; default: ${DEFAULT-VALUE}")
    private String kind = "points";

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "how many lines, rows or users; default: ${DEFAULT-VALUE}")
    private long rows = 1000;

    @Option(
            names = "--columns",
            paramLabel = "N",
            description = "coordinates, variables, columns or items; default: ${DEFAULT-VALUE}")
    private int columns = 2;

    @Option(names = "--seed", paramLabel = "X", description = "where chance begins; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    RandomDataVerb(Shell shell) {
        super(shell);
    }

    @Override
    BspJob job() throws BspException {
        need(RandomData.Kind.of(kind) != null, "--kind '" + kind + "' is none; see --help");
        need(rows >= 1 && columns >= 1, "--rows " + rows + " --columns " + columns + ": both are at least 1");
        return BspJob.of(RandomData.class)
                .name("random-data")
                .set(RandomData.KIND, kind)
                .set(RandomData.ROWS, rows)
                .set(RandomData.COLUMNS, columns)
                .set(RandomData.SEED, seed);
    }
}
