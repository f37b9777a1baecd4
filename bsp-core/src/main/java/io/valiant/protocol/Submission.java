package io.valiant.protocol;

import io.valiant.id.JobId;
import java.util.Objects;

/**
 * A submission is stored.
 *
 * @param job the job's id
 * @param existed whether another submission, with staged files of its own if it has any, had the same idempotency key
 */
public record Submission(JobId job, boolean existed) {
    public Submission {
        Objects.requireNonNull(job, "job");
    }
}
