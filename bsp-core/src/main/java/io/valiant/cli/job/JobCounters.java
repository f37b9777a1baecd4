package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** {@code job counters}. */
@Command(
        name = "counters",
        description = "Shows what the tasks of a job counted; there once the job has succeeded.",
        footer = {"", "Example:", "  bsp job counters job_c1_7 --json"})
final class JobCounters extends JobVerb {
    JobCounters(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        JobStatus status = status();
        SortedMap<String, SortedMap<String, Long>> counters =
                status.counters() == null ? new TreeMap<>() : status.counters();
        if (isJson()) {
            shell().json(counters);
            return ExitCode.DONE;
        }
        Table table = new Table("GROUP", "NAME", "VALUE");
        counters.forEach((group, values) -> values.forEach((name, value) -> table.row(group, name, value)));
        table.print(shell().out());
        return ExitCode.DONE;
    }
}
