package io.valiant.protocol;

import io.valiant.bsp.JobState;

/**
 * Which jobs are asked for.
 *
 * @param state or null for any
 * @param user who submitted them, or null for anybody
 * @param limit most jobs in the answer, 1 to {@link #MAX_LIMIT}
 * @param after the {@link JobPage#next()} of the page before, or null for the first page
 */
public record JobQuery(JobState state, String user, int limit, String after) {
    /** Most jobs in one page. */
    public static final int MAX_LIMIT = 100;

    public JobQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a page of jobs has 1 to " + MAX_LIMIT + ", not " + limit);
        }
    }

    /** The first page. */
    public static JobQuery of(JobState state, String user) {
        return new JobQuery(state, user, MAX_LIMIT, null);
    }

    /** The page that begins after {@code token}. */
    public JobQuery after(String token) {
        return new JobQuery(state, user, limit, token);
    }
}
