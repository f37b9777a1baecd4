package io.valiant.protocol;

import io.valiant.bsp.JobStatus;
import java.util.List;

/**
 * Some jobs, in the order of their submission.
 *
 * @param jobs complete
 * @param next what to ask for the page after this, or null if there is none
 */
public record JobPage(List<JobStatus> jobs, String next) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
