package io.valiant.protocol;

import io.valiant.bsp.JobInput;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a job has of data beside its inputs.
 *
 * @param outputFormat words of a {@link io.valiant.bsp.Format}
 * @param files side files: URI by the name that programs use; staged under {@code bsp.system.dir}
 */
public record JobData(String outputFormat, SortedMap<String, String> files) {
    /** Text out, no side files. */
    public static final JobData NONE = new JobData(JobInput.TEXT, new TreeMap<>());

    public JobData {
        Objects.requireNonNull(outputFormat, "outputFormat");
        files = Sorted.copy(files);
    }

    /** The same with its side files elsewhere. */
    public JobData withFiles(SortedMap<String, String> staged) {
        return new JobData(outputFormat, staged);
    }
}
