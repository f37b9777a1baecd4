package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import picocli.CommandLine.Command;

/** {@code job delete}. */
@Command(
        name = "delete",
        description = {
            "Lets the cluster forget a job that has ended; its output stays, its id stays used.",
            "Shows the job as it was."
        },
        footer = {"", "Example:", "  bsp job delete job_c1_7"})
final class JobDelete extends JobVerb {
    JobDelete(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        JobStatus before = status();
        shell().answer(shell().cluster().calls().delete(job()));
        if (isJson()) {
            shell().json(before);
        } else {
            shell().out().println(before.id() + " deleted, was " + before.state());
        }
        return ExitCode.DONE;
    }
}
