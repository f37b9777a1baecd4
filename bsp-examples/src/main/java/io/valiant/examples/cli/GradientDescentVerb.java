package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.cli.Shell;
import io.valiant.examples.GradientDescent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example gradient-descent}. */
@Command(
        name = "gradient-descent",
        description = "Linear or logistic regression by gradient descent.",
        footer = {"", "Example:", "  bsp example gradient-descent --input samples.txt --loss logistic --tasks 4"})
final class GradientDescentVerb extends LinesVerb {
    @Option(names = "--loss", paramLabel = "L", description = "linear or logistic; default: ${DEFAULT-VALUE}")
    private String loss = "linear";

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "how far to go along the gradient; default: ${DEFAULT-VALUE}")
    private double rate = 0.1;

    @Option(names = "--iterations", paramLabel = "N", description = "how many steps at most; default: ${DEFAULT-VALUE}")
    private long iterations = 1000;

    GradientDescentVerb(Shell shell) {
        super(shell);
    }

    @Override
    BspJob job() throws BspException {
        needInput("samples, 'y x1 x2 ...' a line");
        need(loss.equals("linear") || loss.equals("logistic"), "--loss '" + loss + "' is neither linear nor logistic");
        need(rate > 0 && iterations >= 1, "--rate " + rate + " --iterations " + iterations + ": both are above 0");
        return BspJob.of(GradientDescent.class)
                .name("gradient-descent")
                .set(GradientDescent.LOSS, loss)
                .set(GradientDescent.RATE, rate)
                .set(GradientDescent.ITERATIONS, iterations);
    }
}
