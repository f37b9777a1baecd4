package io.valiant.protocol;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.JobInput;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A submitted job: checked, complete, never changed. What the master stores and grooms and children get.
 *
 * @param name what people call it
 * @param user who submitted it
 * @param requestedId the id the submitter wants, or null
 * @param idempotencyKey submissions with the same key are one job; or null
 * @param type {@code bsp}, {@code superstep} or {@code graph}
 * @param programClass the program
 * @param messageClass class of messages, or null: told by the program's type arguments
 * @param combinerClass or null
 * @param jars URIs of the program's jars, staged under {@code bsp.system.dir}; empty for built-in programs
 * @param tasks from 1 to {@link #MOST_TASKS}
 * @param inputs by name
 * @param output folder URI, or null
 * @param overwrite whether an existing output is replaced at COMMIT
 * @param settings the program's own
 * @param configuration {@code bsp.*} keys given for this job
 * @param environment of the children
 * @param aggregators declared
 * @param memoryBytes maximum heap of a child
 * @param javaOptions more options for the child JVM
 * @param priority higher first
 * @param selector or null
 * @param maxAttempts charged attempts a task has
 * @param maxRollbacks uncharged roll-backs the job has
 * @param data format of the output, side files
 */
public record JobSpec(
        String name,
        String user,
        String requestedId,
        String idempotencyKey,
        String type,
        String programClass,
        String messageClass,
        String combinerClass,
        List<String> jars,
        int tasks,
        List<JobInput> inputs,
        String output,
        boolean overwrite,
        SortedMap<String, String> settings,
        SortedMap<String, String> configuration,
        SortedMap<String, String> environment,
        SortedMap<String, Aggregate> aggregators,
        long memoryBytes,
        List<String> javaOptions,
        int priority,
        String selector,
        int maxAttempts,
        int maxRollbacks,
        JobData data) {
    /** The most tasks of a job: the master keeps books of each. */
    public static final int MOST_TASKS = 1_000_000;

    public JobSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(programClass, "programClass");
        // null in rows that were stored before there was any
        data = data == null ? JobData.NONE : data;
        jars = List.copyOf(jars);
        inputs = List.copyOf(inputs);
        javaOptions = List.copyOf(javaOptions);
        settings = Sorted.copy(settings);
        configuration = Sorted.copy(configuration);
        environment = Sorted.copy(environment);
        aggregators = Sorted.copy(aggregators);
        if (tasks < 1 || tasks > MOST_TASKS) {
            throw new IllegalArgumentException("a job needs 1 to " + MOST_TASKS + " tasks, not " + tasks);
        }
        if (maxAttempts < 1 || maxRollbacks < 0 || memoryBytes < 1) {
            throw new IllegalArgumentException(
                    "attempts " + maxAttempts + ", roll-backs " + maxRollbacks + ", memory " + memoryBytes);
        }
    }

    /**
     * The first superstep of a run that is not restored: 0, or as many below as records are dealt out by key in, so that the
     * program itself begins at 0. Dealing takes one superstep, two where an input wants ranges: these need samples first.
     */
    public long firstSuperstep() {
        if (inputs.stream().noneMatch(JobInput::isByKey)) {
            return 0;
        }
        return inputs.stream().anyMatch(input -> input.partition().equals(JobInput.RANGE)) ? -2 : -1;
    }

    /** A job with text as output and without side files. */
    public JobSpec(
            String name,
            String user,
            String requestedId,
            String idempotencyKey,
            String type,
            String programClass,
            String messageClass,
            String combinerClass,
            List<String> jars,
            int tasks,
            List<JobInput> inputs,
            String output,
            boolean overwrite,
            SortedMap<String, String> settings,
            SortedMap<String, String> configuration,
            SortedMap<String, String> environment,
            SortedMap<String, Aggregate> aggregators,
            long memoryBytes,
            List<String> javaOptions,
            int priority,
            String selector,
            int maxAttempts,
            int maxRollbacks) {
        this(
                name,
                user,
                requestedId,
                idempotencyKey,
                type,
                programClass,
                messageClass,
                combinerClass,
                jars,
                tasks,
                inputs,
                output,
                overwrite,
                settings,
                configuration,
                environment,
                aggregators,
                memoryBytes,
                javaOptions,
                priority,
                selector,
                maxAttempts,
                maxRollbacks,
                JobData.NONE);
    }

    /** The same job with its jars elsewhere: staged. */
    public JobSpec withJars(List<String> staged) {
        return withStaged(staged, data.files());
    }

    /** The same job with its jars and side files elsewhere: staged. */
    public JobSpec withStaged(List<String> staged, SortedMap<String, String> files) {
        return new JobSpec(
                name,
                user,
                requestedId,
                idempotencyKey,
                type,
                programClass,
                messageClass,
                combinerClass,
                staged,
                tasks,
                inputs,
                output,
                overwrite,
                settings,
                configuration,
                environment,
                aggregators,
                memoryBytes,
                javaOptions,
                priority,
                selector,
                maxAttempts,
                maxRollbacks,
                data.withFiles(files));
    }

    /** The same job with its results elsewhere. */
    public JobSpec withOutput(String folder) {
        return new JobSpec(
                name,
                user,
                requestedId,
                idempotencyKey,
                type,
                programClass,
                messageClass,
                combinerClass,
                jars,
                tasks,
                inputs,
                folder,
                overwrite,
                settings,
                configuration,
                environment,
                aggregators,
                memoryBytes,
                javaOptions,
                priority,
                selector,
                maxAttempts,
                maxRollbacks,
                data);
    }

    /** The same job with an idempotency key. */
    public JobSpec withIdempotencyKey(String key) {
        return new JobSpec(
                name,
                user,
                requestedId,
                key,
                type,
                programClass,
                messageClass,
                combinerClass,
                jars,
                tasks,
                inputs,
                output,
                overwrite,
                settings,
                configuration,
                environment,
                aggregators,
                memoryBytes,
                javaOptions,
                priority,
                selector,
                maxAttempts,
                maxRollbacks,
                data);
    }
}
