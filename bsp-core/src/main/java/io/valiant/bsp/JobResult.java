package io.valiant.bsp;

import java.util.Objects;

/** How a job ended. */
public record JobResult(JobStatus status) {
    public JobResult {
        Objects.requireNonNull(status, "status");
        if (!status.state().isEnded()) {
            throw new IllegalArgumentException("job " + status.id() + " has not ended: " + status.state());
        }
    }

    public boolean succeeded() {
        return status.state() == JobState.SUCCEEDED;
    }

    /** The exit code the command line gives: 0 succeeded, 1 failed, 3 killed. */
    public int exitCode() {
        return switch (status.state()) {
            case SUCCEEDED -> 0;
            case KILLED -> 3;
            case CREATED, WAITING_FOR_SERVICES, PENDING, RUNNING, RECOVERING, CANCELING, FAILED -> 1;
        };
    }
}
