package io.valiant.id;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a job: {@code job_<clusterId>_<n>} as the master gives it, or the submitter's own.
 * Never used twice in the life of a cluster.
 *
 * @param value matches {@code [A-Za-z0-9_][-.A-Za-z0-9_]{0,62}}
 */
public record JobId(String value) implements Comparable<JobId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][-.A-Za-z0-9_]{0,62}");

    public JobId {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("job id '" + value + "' is not of the form " + FORM.pattern());
        }
    }

    /** Whether a text may be a job id. */
    public static boolean isValid(String value) {
        return value != null && FORM.matcher(value).matches();
    }

    /** The id the master gives to its n-th job. */
    public static JobId of(String clusterId, long number) {
        return new JobId("job_" + clusterId + "_" + number);
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
