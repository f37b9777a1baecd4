package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.examples.Ledger;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example ledger}. */
@Command(
        name = "ledger",
        description = {
            "Each task folds the hashes it was sent into its own and sends it to three peers.",
            "The job's hash is the same in every run with the same seed, tasks and supersteps, whatever fails meanwhile."
        },
        footer = {"", "Example:", "  bsp example ledger --tasks 4 --supersteps 50 --seed 7"})
final class LedgerVerb extends ExampleVerb {
    @Option(names = "--supersteps", paramLabel = "S", description = "how many supersteps; default: ${DEFAULT-VALUE}")
    private long supersteps = 20;

    @Option(
            names = "--step-ms",
            paramLabel = "M",
            description = "least time of a superstep in milliseconds; default: ${DEFAULT-VALUE}")
    private long stepMs;

    @Option(names = "--seed", paramLabel = "X", description = "what the hashes begin with; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "every task appends a line 'attempt generation superstep pid' to it in every superstep")
    private Path ledger;

    LedgerVerb(Shell shell) {
        super(shell, "hash");
    }

    @Override
    BspJob job() throws BspException {
        if (supersteps < 1 || stepMs < 0) {
            throw new UsageException("--supersteps " + supersteps + " --step-ms " + stepMs
                    + ": at least 1 superstep of at least 0 ms is needed");
        }
        BspJob job = BspJob.of(Ledger.class)
                .name("ledger")
                .set(Ledger.SUPERSTEPS, supersteps)
                .set(Ledger.STEP_MS, stepMs)
                .set(Ledger.SEED, seed);
        if (ledger != null) {
            job.set(Ledger.FILE, ledger.toAbsolutePath().normalize());
        }
        return job;
    }

    @Override
    Object result(List<String> lines, JobStatus status) {
        return Ledger.hash(lines);
    }
}
