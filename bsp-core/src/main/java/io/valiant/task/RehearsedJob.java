package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.protocol.JobSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small job that a warm spare plays while it waits, so that what a job of that type goes through first is loaded and
 * compiled already: see {@link ProgramFactory#rehearsals()}. Its program is one of the system's own.
 */
@FunctionalInterface
public interface RehearsedJob {
    /** So many tasks play it, all in one JVM. */
    int TASKS = 2;

    /** A heap that no job has to have: it is the waiting JVM's. */
    long ANY_MEMORY = 1;

    /**
     * Makes the job.
     *
     * @param folder empty, for this job alone, removed after it: inputs are written into it, output goes below it
     * @throws BspException if the inputs cannot be written
     */
    JobSpec in(Path folder) throws BspException;

    /**
     * A job with what matters here and nothing else.
     *
     * @param output folder, or null
     */
    static JobSpec spec(
            String type, Class<?> program, List<JobInput> inputs, Path output, SortedMap<String, String> settings) {
        return new JobSpec(
                "rehearsal",
                "nobody",
                null,
                null,
                type,
                program.getName(),
                null,
                null,
                List.of(),
                TASKS,
                inputs,
                output == null ? null : output.toString(),
                false,
                settings,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                ANY_MEMORY,
                List.of(),
                0,
                null,
                1,
                0);
    }
}
