package io.valiant.groom.core;

import io.valiant.config.Keys;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a job a child JVM is started with, and cannot be changed afterwards: children with equal options may stand in for
 * each other.
 *
 * @param heapKib maximum heap, in KiB
 * @param options more options, in the order they are given to the JVM
 * @param environment the job's own variables
 */
public record JvmOptions(long heapKib, List<String> options, SortedMap<String, String> environment) {
    private static final int KIB = 1024;

    public JvmOptions {
        options = List.copyOf(options);
        environment = Sorted.copy(environment);
    }

    /** Those of a job that asks for nothing. */
    public static JvmOptions ofCluster(long memoryBytes, List<String> options) {
        return new JvmOptions(heapKib(memoryBytes), options, new TreeMap<>());
    }

    /**
     * Those of a job.
     *
     * @param cluster of the groom's configuration
     * @throws IllegalArgumentException if the job's own {@code bsp.task.java.opts} cannot be read
     */
    public static JvmOptions of(JobSpec job, JvmOptions cluster) {
        String given = job.configuration().get(Keys.TASK_JAVA_OPTS.name());
        List<String> options = new ArrayList<>(
                given == null ? cluster.options() : Keys.TASK_JAVA_OPTS.type().parse(given));
        options.addAll(job.javaOptions());
        return new JvmOptions(heapKib(job.memoryBytes()), options, job.environment());
    }

    private static long heapKib(long bytes) {
        return Math.max(1, bytes / KIB);
    }
}
