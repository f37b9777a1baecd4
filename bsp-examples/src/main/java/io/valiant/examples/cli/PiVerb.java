package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.Shell;
import io.valiant.examples.Pi;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example pi}. */
@Command(
        name = "pi",
        description = "Estimates pi: every task throws darts and tells task 0 how many hit.",
        footer = {"", "Example:", "  bsp example pi --tasks 4 --darts 10000000"})
final class PiVerb extends ExampleVerb {
    @Option(names = "--darts", paramLabel = "N", description = "darts that each task throws; default: ${DEFAULT-VALUE}")
    private long darts = 1_000_000;

    PiVerb(Shell shell) {
        super(shell, "pi");
    }

    @Override
    BspJob job() throws BspException {
        need(darts >= 1, "--darts " + darts + " is not a positive number");
        return BspJob.of(Pi.class).name("pi").set(Pi.DARTS, darts);
    }

    @Override
    Object result(List<String> lines, JobStatus status) throws BspException {
        for (String line : lines) {
            if (line.startsWith("pi\t")) {
                return Double.valueOf(line.substring(3));
            }
        }
        throw new BspException(BspException.Kind.FATAL, "the job succeeded but its output has no line for pi");
    }
}
