package io.valiant.cli.submit;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.config.Key;
import io.valiant.config.Keys;
import io.valiant.id.JobId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Options of every verb that submits a job. */
public final class JobOptions {
    @Option(names = "--name", paramLabel = "S", description = "what people call the job; default: its program")
    private String name;

    @Option(names = "--id", paramLabel = "ID", description = "the job's id; refused if it was ever used")
    private String id;

    @Option(names = "--tasks", paramLabel = "N", description = "how many tasks, a slot each; default: ${DEFAULT-VALUE}")
    private int tasks;

    @Option(
            names = "--input",
            paramLabel = "[NAME=]P",
            description = {
                "file, folder, pattern or URI that the program reads; several separated by commas",
                "with NAME= one of several inputs (write ./a=b for a file of such a name)"
            })
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--input-format",
            paramLabel = "[NAME=]F",
            description = "how an input's bytes are records: text, keyvalue[:SEPARATOR], sequence:KEY,VALUE or a class")
    private List<String> inputFormats = new ArrayList<>();

    @Option(
            names = "--partition",
            paramLabel = "[NAME=]P",
            description = {
                "which task gets which part of an input: bytes (default), parts (file i to task i),",
                "by the records' keys hash, range or a class"
            })
    private List<String> partitions = new ArrayList<>();

    @Option(names = "--output", paramLabel = "P", description = "folder for the results")
    private String output;

    @Option(
            names = "--output-format",
            paramLabel = "F",
            description =
                    "how results are written: text (default), keyvalue[:SEPARATOR], sequence:KEY,VALUE or a class")
    private String outputFormat;

    @Option(names = "--overwrite", description = "replace the output folder if it exists")
    private boolean overwrite;

    @Option(
            names = "--files",
            paramLabel = "F,...",
            split = ",",
            description = "side files that every task finds by their names")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--jars", paramLabel = "F,...", split = ",", description = "more jars for the program's class path")
    private List<Path> jars = new ArrayList<>();

    @Option(names = "--env", paramLabel = "K=V", description = "a variable in the children's environment")
    private Map<String, String> environment = new TreeMap<>();

    @Option(names = "--memory", paramLabel = "SIZE", description = "heap of each child, such as 1g")
    private String memory;

    @Option(
            names = "--checkpoint",
            paramLabel = "N",
            description = "take a checkpoint every N supersteps; the same as -D bsp.checkpoint.interval=N")
    private String checkpoint;

    @Option(
            names = "--selector",
            paramLabel = "L",
            description = "which grooms may run it: 'label=value', 'label!=value' or 'label~regex'")
    private String selector;

    @Option(names = "--priority", paramLabel = "P", description = "higher goes first; default: ${DEFAULT-VALUE}")
    private int priority;

    @Option(names = "--idempotency-key", paramLabel = "K", description = "submissions with the same key are one job")
    private String idempotencyKey;

    @Option(names = "--detach", description = "do not wait for the end")
    private boolean detach;

    @Option(names = "--kill-on-exit", description = "Ctrl-C cancels the job; without it the job goes on")
    private boolean killOnExit;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "a bsp.* key for this job, or a setting of the program")
    private Map<String, String> definitions = new TreeMap<>();

    /** One task unless told. */
    public JobOptions() {
        this(1);
    }

    /** @param tasks how many unless told */
    public JobOptions(int tasks) {
        this.tasks = tasks;
    }

    /** Gives the job everything that was typed. */
    public void apply(BspJob job) throws BspException {
        if (tasks < 1) {
            throw new UsageException("--tasks " + tasks + ": a job needs at least one task");
        }
        if (id != null && !JobId.isValid(id)) {
            throw new UsageException("--id '" + id + "' is not of the form [A-Za-z0-9_][-.A-Za-z0-9_]{0,62}");
        }
        job.tasks(tasks).id(id).priority(priority).selector(selector).idempotencyKey(idempotencyKey);
        if (name != null) {
            job.name(name);
        }
        new InputOptions(inputs, inputFormats, partitions).inputs().forEach(job::input);
        if (outputFormat != null) {
            job.outputFormat(InputOptions.format("--output-format", outputFormat));
        }
        if (output != null) {
            job.output(Shell.location(output));
        }
        if (overwrite) {
            job.overwrite();
        }
        if (memory != null) {
            job.memory(valid("--memory", memory, Keys.TASK_MEMORY));
        }
        environment.forEach(job::environment);
        for (Path jar : jars) {
            job.jar(readable("--jars", jar));
        }
        for (Path file : files) {
            job.file(readable("--files", file));
        }
        define(job);
    }

    private static Path readable(String option, Path file) throws BspException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw BspException.user(
                    "%s: %s %s",
                    option, file, Files.exists(file) ? "is not a file that can be read" : "does not exist");
        }
        return file.toAbsolutePath().normalize();
    }

    private static String valid(String option, String value, Key<?> key) throws UsageException {
        try {
            key.type().parse(value);
            return value;
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " '" + value + "' " + e.getMessage());
        }
    }

    private void define(BspJob job) throws UsageException {
        SortedMap<String, String> keys = new TreeMap<>(definitions);
        keys.keySet().removeIf(key -> !key.startsWith("bsp."));
        if (checkpoint != null) {
            keys.put(Keys.CHECKPOINT_INTERVAL.name(), valid("--checkpoint", checkpoint, Keys.CHECKPOINT_INTERVAL));
        }
        List<String> problems = Keys.jobProblems(keys);
        if (!problems.isEmpty()) {
            throw new UsageException("-D: " + String.join("; ", problems));
        }
        keys.forEach(job::configure);
        definitions.forEach((key, value) -> {
            if (!keys.containsKey(key)) {
                job.set(key, value);
            }
        });
    }

    /** Where results go as it was typed, or null. */
    public String output() {
        return output;
    }

    /** Whether the plain input was given. */
    public boolean hasInput() {
        return !inputs.isEmpty();
    }

    /** Whether to return once the job is submitted. */
    public boolean isDetach() {
        return detach;
    }

    /** Whether the job is cancelled when this process is told to end. */
    public boolean isKillOnExit() {
        return killOnExit;
    }
}
