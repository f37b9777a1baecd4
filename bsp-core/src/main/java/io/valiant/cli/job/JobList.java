package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import io.valiant.client.JobListing;
import io.valiant.protocol.JobQuery;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job list}. */
@Command(
        name = "list",
        description = "Lists the jobs that the master remembers, in the order of their submission.",
        footer = {"", "Example:", "  bsp job list --state RUNNING --json"})
final class JobList extends FactVerb {
    @Option(names = "--state", paramLabel = "S", description = "only jobs in that state: ${COMPLETION-CANDIDATES}")
    private JobState state;

    @Option(names = "--user", paramLabel = "U", description = "only jobs that this user submitted")
    private String user;

    JobList(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        List<JobStatus> jobs = JobListing.all(shell().cluster().calls(), JobQuery.of(state, user));
        if (isJson()) {
            shell().json(jobs);
            return ExitCode.DONE;
        }
        Table table = new Table("ID", "STATE", "NAME", "TASKS", "SUPERSTEP", "USER", "SUBMITTED", "REASON");
        for (JobStatus job : jobs) {
            table.row(
                    job.id(),
                    job.state(),
                    job.name(),
                    job.tasks(),
                    SuperstepStatus.label(job.superstep()),
                    job.user(),
                    job.submittedAt(),
                    job.reason() == null ? "" : job.reason());
        }
        table.print(shell().out());
        return ExitCode.DONE;
    }
}
