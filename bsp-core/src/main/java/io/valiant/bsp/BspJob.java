package io.valiant.bsp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.io.Writable;

/**
 * A job to be: what to run, on what, with how many tasks. Not thread safe. Values are checked at {@link #submit()}, all
 * at once.
 */
public class BspJob {
    private final String programClass;
    private final List<Path> jars = new ArrayList<>();
    private final List<JobInput> inputs = new ArrayList<>();
    private final SortedMap<String, String> settings = new TreeMap<>();
    private final SortedMap<String, String> environment = new TreeMap<>();
    private final SortedMap<String, String> configuration = new TreeMap<>();
    private final SortedMap<String, Aggregate> aggregators = new TreeMap<>();
    private Class<?> loadedFrom;
    private String type = "bsp";
    private String name;
    private String id;
    private int tasks = 1;
    private final List<Path> files = new ArrayList<>();
    private String output;
    private String outputFormat = JobInput.TEXT;
    private boolean overwrite;
    private String memory;
    private int priority;
    private String selector;
    private String idempotencyKey;
    private String messageClass;
    private String combinerClass;
    private boolean local;

    protected BspJob(String programClass) {
        this.programClass = Objects.requireNonNull(programClass, "programClass");
        this.name = programClass.substring(programClass.lastIndexOf('.') + 1);
    }

    /** A job of a class that is on the class path; its jar is the one it was loaded from. */
    protected BspJob(Class<?> program) {
        this(program.getName());
        this.loadedFrom = program;
    }

    /** A job of a program ({@link Bsp} or {@link SuperstepProgram}); its jar is the one the class was loaded from. */
    public static BspJob of(Class<?> program) {
        BspJob job = new BspJob(program);
        if (SuperstepProgram.class.isAssignableFrom(program)) {
            job.type = "superstep";
        }
        return job;
    }

    /** A job of a class by name, in jars added with {@link #jar}. Nothing is loaded here. */
    public static BspJob ofClassName(String program) {
        return new BspJob(program);
    }

    public BspJob name(String value) {
        name = value;
        return this;
    }

    /** The job's id, chosen by the submitter; refused if it was ever used. */
    public BspJob id(String value) {
        id = value;
        return this;
    }

    protected final BspJob type(String value) {
        type = value;
        return this;
    }

    /** How many tasks; each takes one slot. */
    public BspJob tasks(int value) {
        tasks = value;
        return this;
    }

    /** Adds a jar to the program's class path. */
    public BspJob jar(Path file) {
        jars.add(file);
        return this;
    }

    /** The input of a plain program, as lines of text. */
    public BspJob input(String path) {
        return input("input", path);
    }

    /** A named input, as lines of text. */
    public BspJob input(String inputName, String path) {
        inputs.add(new JobInput(inputName, path, JobInput.TEXT));
        return this;
    }

    /** An input with all that can be said of it: name, place, format, partition. */
    public BspJob input(JobInput input) {
        inputs.add(input);
        return this;
    }

    /** The format of the results: {@link Format#text}, {@link Format#keyValue(String)} or a sequence file; text unless told. */
    public BspJob outputFormat(Format<?, ?> value) {
        outputFormat = value.toString();
        return this;
    }

    /** The format of the results, one's own. */
    public BspJob outputFormat(Class<? extends OutputFormat<?, ?>> value) {
        outputFormat = value.getName();
        return this;
    }

    /** A file that every task finds by {@link Peer#file}, under its own name. */
    public BspJob file(Path file) {
        files.add(file);
        return this;
    }

    /** Where results go: a folder that does not exist, unless {@link #overwrite} is given. */
    public BspJob output(String path) {
        output = path;
        return this;
    }

    /** Replaces the output folder when the job has succeeded. */
    public BspJob overwrite() {
        overwrite = true;
        return this;
    }

    /** A setting of the program, read by {@link Peer#settings()}. */
    public BspJob set(String key, Object value) {
        settings.put(key, String.valueOf(value));
        return this;
    }

    /** A {@code bsp.*} key for this job. */
    public BspJob configure(String key, String value) {
        configuration.put(key, value);
        return this;
    }

    /** A variable in the children's environment. */
    public BspJob environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Heap of each child, such as {@code 1g}. */
    public BspJob memory(String value) {
        memory = value;
        return this;
    }

    /** Higher goes first; 0 unless told. */
    public BspJob priority(int value) {
        priority = value;
        return this;
    }

    /** Which grooms may run it: {@code label=value}, {@code label!=value} or {@code label~regex}. */
    public BspJob selector(String value) {
        selector = value;
        return this;
    }

    /** Submissions with the same key are one job. */
    public BspJob idempotencyKey(String value) {
        idempotencyKey = value;
        return this;
    }

    /** The class of messages, where it cannot be told from the program's type arguments. */
    public BspJob messageClass(Class<? extends Writable> value) {
        messageClass = value.getName();
        return this;
    }

    /** Combines messages to the same peer on the sender's side; those of one key, if it is a {@link KeyedCombiner}. */
    public BspJob combiner(Class<? extends Combiner<?>> value) {
        combinerClass = value.getName();
        return this;
    }

    /** The same by the name of its class, which lies in a jar of the job. Programs with primitive vertices have their own way. */
    public BspJob combinerClassName(String value) {
        combinerClass = value;
        return this;
    }

    /** Declares a named aggregator. */
    public BspJob aggregator(String aggregatorName, Aggregate how) {
        aggregators.put(aggregatorName, how);
        return this;
    }

    /** Runs all peers in this JVM. */
    public BspJob local() {
        local = true;
        return this;
    }

    /** Submits to the cluster of the configuration, or runs here after {@link #local()}. */
    public JobHandle submit() throws BspException {
        String place = local ? "local" : "cluster";
        for (JobSubmitter submitter : ServiceLoader.load(JobSubmitter.class, BspJob.class.getClassLoader())) {
            if (submitter.place().equals(place)) {
                return submitter.submit(this);
            }
        }
        throw new BspException(
                BspException.Kind.FATAL, "no way to run a job in place '" + place + "' on the class path");
    }

    public String programClass() {
        return programClass;
    }

    /** The class given to {@link #of}, or null. */
    public Class<?> loadedFrom() {
        return loadedFrom;
    }

    public String type() {
        return type;
    }

    public String name() {
        return name;
    }

    public String id() {
        return id;
    }

    public int tasks() {
        return tasks;
    }

    public List<Path> jars() {
        return List.copyOf(jars);
    }

    public List<JobInput> inputs() {
        return List.copyOf(inputs);
    }

    public String output() {
        return output;
    }

    /** Words of a {@link Format}. */
    public String outputFormat() {
        return outputFormat;
    }

    public List<Path> files() {
        return List.copyOf(files);
    }

    public boolean isOverwrite() {
        return overwrite;
    }

    public SortedMap<String, String> settings() {
        return new TreeMap<>(settings);
    }

    public SortedMap<String, String> configuration() {
        return new TreeMap<>(configuration);
    }

    public SortedMap<String, String> environment() {
        return new TreeMap<>(environment);
    }

    public String memory() {
        return memory;
    }

    public int priority() {
        return priority;
    }

    public String selector() {
        return selector;
    }

    public String idempotencyKey() {
        return idempotencyKey;
    }

    public String messageClass() {
        return messageClass;
    }

    public String combinerClass() {
        return combinerClass;
    }

    public SortedMap<String, Aggregate> aggregators() {
        return new TreeMap<>(aggregators);
    }

    public boolean isLocal() {
        return local;
    }
}
