package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import picocli.CommandLine.Command;

/** {@code job cancel}. */
@Command(
        name = "cancel",
        aliases = "kill",
        description = "Ends a job. Returns when the master has stored it; bsp job wait waits for the end.",
        footer = {"", "Example:", "  bsp job cancel job_c1_7"})
final class JobCancel extends JobVerb {
    JobCancel(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        shell().answer(shell().cluster().calls().cancel(job()));
        JobStatus status = status();
        if (isJson()) {
            shell().json(status);
        } else {
            shell().out().println(status.id() + " " + status.state());
        }
        return ExitCode.DONE;
    }
}
