package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import io.valiant.cli.UsageException;
import io.valiant.protocol.SuperstepTimeline;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job supersteps}. */
@Command(
        name = "supersteps",
        description = {
            "Shows the supersteps of a job: how long they took, what was sent, which task was slowest.",
            "Of long jobs some hundred are kept: the newest, and of those before them some, evenly spread.",
            "Of jobs that ended before the last 256 none."
        },
        footer = {"", "Example:", "  bsp job supersteps job_c1_7 --last 20"})
final class JobSupersteps extends JobVerb {
    @Option(names = "--last", paramLabel = "N", description = "only so many, the newest")
    private int last = SuperstepTimeline.MOST;

    JobSupersteps(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        if (last < 1) {
            throw new UsageException("--last " + last + ": at least 1");
        }
        List<SuperstepStatus> steps = shell().answer(shell().cluster().calls().supersteps(job(), last));
        if (isJson()) {
            shell().json(steps);
            return ExitCode.DONE;
        }
        Table table = new Table(
                "SUPERSTEP",
                "GENERATION",
                "STARTED",
                "COMPUTE MS",
                "BARRIER MS",
                "MESSAGES",
                "BYTES",
                "COMBINED",
                "SPILLED",
                "ACTIVE",
                "SLOWEST TASK",
                "SKEW");
        for (SuperstepStatus step : steps) {
            table.row(
                    SuperstepStatus.label(step.superstep()),
                    step.generation(),
                    step.startedAt(),
                    millis(step.computeMs()),
                    millis(step.barrierMs()),
                    step.messages(),
                    step.bytes(),
                    step.combined(),
                    step.spilledBytes(),
                    step.activeVertices(),
                    step.slowestTask(),
                    step.skew());
        }
        table.print(shell().out());
        return ExitCode.DONE;
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
