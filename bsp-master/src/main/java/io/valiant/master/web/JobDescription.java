package io.valiant.master.web;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.config.BspConfiguration;
import io.valiant.http.HttpError;
import io.valiant.io.FileStores;
import io.valiant.local.JobSpecs;
import io.valiant.protocol.JobSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A job as it is described over HTTP; in JSON this record in snake_case. What is left out is as the command line has it.
 *
 * @param program the program's class
 * @param type {@code bsp}, {@code superstep} or {@code graph}; found by looking at the class files where it is left out
 * @param name what people call it
 * @param id wanted, or null
 * @param tasks how many; 1 unless told
 * @param input files, folders or URIs that a plain program reads as lines, separated by commas
 * @param inputs named ones, such as {@code vertices} and {@code edges} of a graph
 * @param output folder for the results
 * @param overwrite whether an existing output is replaced
 * @param settings the program's own
 * @param configuration {@code bsp.*} keys for this job
 * @param environment of the children
 * @param arguments settings {@code argument.0} and so on
 * @param memory heap of each child, such as {@code 1g}
 * @param priority higher goes first
 * @param selector which grooms may run it
 * @param idempotencyKey submissions with the same key are one job
 */
public record JobDescription(
        String program,
        String type,
        String name,
        String id,
        Integer tasks,
        String input,
        SortedMap<String, String> inputs,
        String output,
        Boolean overwrite,
        SortedMap<String, String> settings,
        SortedMap<String, String> configuration,
        SortedMap<String, String> environment,
        List<String> arguments,
        String memory,
        Integer priority,
        String selector,
        String idempotencyKey) {
    private static final List<String> TYPES = List.of("bsp", "superstep", "graph");

    /** What can be said without looking at any file. */
    void check() throws HttpError {
        if (program == null || program.isBlank()) {
            throw HttpError.badRequest("\"program\" is missing: the class of the program");
        }
        if (type != null && !TYPES.contains(type)) {
            throw HttpError.badRequest("\"type\" is " + type + ", not one of bsp, superstep and graph");
        }
        SortedMap<String, String> all = new TreeMap<>();
        if (inputs != null) {
            all.putAll(inputs);
        }
        if (input != null && all.put("input", input) != null) {
            throw HttpError.badRequest("\"input\" is given twice: by itself and in \"inputs\"");
        }
        for (String paths : all.values()) {
            for (String path : FileStores.split(paths)) {
                checkPlace("input", path);
            }
        }
        if (output != null) {
            checkPlace("output", output);
        }
    }

    /** A relative path would be under the master's working folder, which is nobody's business. */
    private static void checkPlace(String what, String path) throws HttpError {
        boolean whole = path.startsWith("/") || path.matches("[a-z][a-z0-9+.-]*:/.*");
        if (!whole) {
            throw HttpError.badRequest(
                    "\"" + what + "\" has '" + path + "', which is neither an absolute path nor a URI");
        }
    }

    /**
     * The complete job.
     *
     * @param kind the type that was told or found
     * @param user who submits it
     */
    JobSpec spec(
            BspConfiguration defaults, String kind, String user, List<String> jars, SortedMap<String, String> files)
            throws BspException {
        BspJob job = BspJob.ofClassName(program);
        job.tasks(tasks == null ? 1 : tasks)
                .id(id)
                .priority(priority == null ? 0 : priority)
                .selector(selector)
                .idempotencyKey(idempotencyKey);
        if (name != null) {
            job.name(name);
        }
        if (memory != null) {
            job.memory(memory);
        }
        if (input != null) {
            job.input(input);
        }
        if (output != null) {
            job.output(FileStores.whole(output));
        }
        if (Boolean.TRUE.equals(overwrite)) {
            job.overwrite();
        }
        each(inputs, job::input);
        each(settings, job::set);
        each(configuration, job::configure);
        each(environment, job::environment);
        for (int i = 0; arguments != null && i < arguments.size(); i++) {
            job.set("argument." + i, arguments.get(i));
        }
        return JobSpecs.staged(job, defaults, kind, user, jars, files);
    }

    private static void each(SortedMap<String, String> values, java.util.function.BiConsumer<String, String> take) {
        if (values != null) {
            values.forEach(take);
        }
    }
}
