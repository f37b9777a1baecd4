package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.id.JobId;
import picocli.CommandLine.Parameters;

/** A verb about one job. */
abstract class JobVerb extends FactVerb {
    @Parameters(index = "0", paramLabel = "ID", description = "the job's id")
    private String id;

    JobVerb(Shell shell) {
        super(shell);
    }

    final JobId job() throws BspException {
        if (!JobId.isValid(id)) {
            throw new UsageException("'" + id + "' is not a job id; bsp job list shows them");
        }
        return new JobId(id);
    }

    final JobStatus status() throws BspException {
        return shell().answer(shell().cluster().calls().job(job()));
    }
}
