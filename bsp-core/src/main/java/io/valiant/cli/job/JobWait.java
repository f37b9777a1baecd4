package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobResult;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.cli.submit.JobRun;
import io.valiant.config.KeyType;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job wait}. */
@Command(
        name = "wait",
        description = "Waits for a job's end. Exits 0, 1 or 3 as the job ended, 5 if it had not in time.",
        footer = {"", "Example:", "  bsp job wait job_c1_7 --timeout 10m"})
final class JobWait extends JobVerb {
    @Option(names = "--timeout", paramLabel = "D", description = "at most so long, such as 90s; default: for ever")
    private String timeout;

    JobWait(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        Duration atMost = timeout == null ? null : duration(timeout);
        try (JobHandle handle = shell().cluster().handle(job())) {
            JobResult result =
                    atMost == null ? handle.await(shell().progress()) : handle.await(atMost, shell().progress());
            JobStatus status = result == null ? handle.status() : result.status();
            if (isJson()) {
                shell().json(status);
            }
            if (!status.state().isEnded()) {
                shell().err().println(status.id() + " is " + status.state() + ": it has not ended within " + timeout);
                return ExitCode.WAIT_TIMED_OUT;
            }
            if (!isJson()) {
                shell().out().println(status.id() + " " + status.state());
            }
            return JobRun.tellEnd(shell(), status);
        }
    }

    private static Duration duration(String text) throws UsageException {
        try {
            return KeyType.readDuration(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--timeout '" + text + "' " + e.getMessage());
        }
    }
}
