package io.valiant.local;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobInput;
import io.valiant.config.BspConfiguration;
import io.valiant.config.ConfigurationException;
import io.valiant.config.Keys;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.protocol.JobData;
import io.valiant.protocol.JobSpec;
import io.valiant.task.JobJars;
import io.valiant.task.ProgramFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** Checks a job as its author built it and makes the complete {@link JobSpec} of it; tells all problems at once. */
public final class JobSpecs {
    private static final Pattern SELECTOR = Pattern.compile("([A-Za-z0-9][-._A-Za-z0-9]*)(=|!=|~)(.*)");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final BspJob job;
    private final BspConfiguration configuration;
    private final List<String> problems = new ArrayList<>();

    private JobSpecs(BspJob job, BspConfiguration configuration) {
        this.job = job;
        this.configuration = configuration;
    }

    /**
     * Checks a job. Input and output are not looked at here; jars are local files still, to be staged by the submitter
     * ({@link JobSpec#withStaged}). A jar may be a folder of classes where the program was not loaded from a jar.
     *
     * @param configuration the cluster's, as far as the client knows it; gives what the job leaves open
     * @throws BspException USER with all that is wrong, in one line
     */
    public static JobSpec of(BspJob job, BspConfiguration configuration) throws BspException {
        return new JobSpecs(job, configuration).spec();
    }

    /**
     * Checks a job whose jars and side files lie where the cluster's processes find them. Nothing of them is looked at.
     *
     * @param type {@code bsp}, {@code superstep} or {@code graph}
     * @param user who submits it
     * @param files side files: URIs by the names that programs use
     */
    public static JobSpec staged(
            BspJob job,
            BspConfiguration configuration,
            String type,
            String user,
            List<String> jars,
            SortedMap<String, String> files)
            throws BspException {
        JobSpecs specs = new JobSpecs(job, configuration);
        specs.checkFacts();
        return specs.spec(type, user, jars, specs.inputs(), new JobData(job.outputFormat(), files));
    }

    private JobSpec spec() throws BspException {
        checkFacts();
        List<String> jars = jars();
        List<JobInput> inputs = inputs();
        JobData data = new JobData(job.outputFormat(), files());
        String type = problems.isEmpty() ? type(jars) : job.type();
        if (problems.isEmpty()) {
            inputs = new InputChecks(problems).checked(type, inputs, data, jars);
        }
        return spec(type, System.getProperty("user.name", "unknown"), jars, inputs, data);
    }

    private JobSpec spec(String type, String user, List<String> jars, List<JobInput> inputs, JobData data)
            throws BspException {
        BspConfiguration merged = merged();
        long memory = memory(merged);
        if (!problems.isEmpty()) {
            throw BspException.user("job '%s': %s", job.name(), String.join("; ", problems));
        }
        return new JobSpec(
                job.name(),
                user,
                job.id(),
                job.idempotencyKey(),
                type,
                job.programClass(),
                job.messageClass(),
                job.combinerClass(),
                jars,
                job.tasks(),
                inputs,
                job.output() == null ? null : FileStores.whole(job.output()),
                job.isOverwrite(),
                job.settings(),
                configuration(merged),
                job.environment(),
                job.aggregators(),
                memory,
                List.of(),
                job.priority(),
                job.selector(),
                merged.get(Keys.TASK_MAX_ATTEMPTS),
                merged.get(Keys.JOB_MAX_ROLLBACKS),
                data);
    }

    private void checkFacts() {
        require(!isBlank(job.name()), "its name is empty");
        require(!isBlank(job.programClass()), "no program class is named");
        require(
                job.tasks() >= 1 && job.tasks() <= JobSpec.MOST_TASKS,
                "it needs 1 to " + JobSpec.MOST_TASKS + " tasks, not " + job.tasks());
        require(
                job.id() == null || JobId.isValid(job.id()),
                "'" + job.id() + "' is not a job id (letters, digits, '.', '_', '-'; at most 63)");
        require(job.output() == null || !job.output().isBlank(), "the name of its output folder is empty");
        TreeSet<String> names = new TreeSet<>();
        for (JobInput input : job.inputs()) {
            require(names.add(input.name()), "input '" + input.name() + "' is given twice");
            require(!FileStores.split(input.path()).isEmpty(), "input '" + input.name() + "' names no file");
        }
        for (String variable : job.environment().keySet()) {
            require(VARIABLE.matcher(variable).matches(), "'" + variable + "' is no name of an environment variable");
        }
        checkSelector();
    }

    private void checkSelector() {
        if (job.selector() == null) {
            return;
        }
        var parts = SELECTOR.matcher(job.selector());
        if (!parts.matches()) {
            problems.add("the selector '" + job.selector() + "' is not label=value, label!=value or label~regex");
        } else if (parts.group(2).equals("~")) {
            try {
                Pattern.compile(parts.group(3));
            } catch (PatternSyntaxException e) {
                problems.add(
                        "the selector '" + job.selector() + "' has a bad regular expression: " + e.getDescription());
            }
        }
    }

    private BspConfiguration merged() {
        try {
            return configuration.withJob(job.configuration());
        } catch (ConfigurationException e) {
            problems.add(e.getMessage());
            return configuration;
        }
    }

    /** The job's keys, and of the client's those that tasks read and find nowhere else. */
    private SortedMap<String, String> configuration(BspConfiguration merged) {
        SortedMap<String, String> values = job.configuration();
        if (merged.isGiven(Keys.TASK_THREADS)) {
            values.put(Keys.TASK_THREADS.name(), merged.get(Keys.TASK_THREADS).toString());
        }
        return values;
    }

    private long memory(BspConfiguration merged) {
        if (job.memory() == null) {
            return merged.get(Keys.TASK_MEMORY);
        }
        try {
            return Keys.TASK_MEMORY.type().parse(job.memory());
        } catch (IllegalArgumentException e) {
            problems.add("memory '" + job.memory() + "' " + e.getMessage());
            return 1;
        }
    }

    /** Relative paths are the submitter's own: nobody else has that working folder. */
    private List<JobInput> inputs() {
        List<JobInput> inputs = new ArrayList<>();
        for (JobInput input : job.inputs()) {
            String paths = FileStores.split(input.path()).stream()
                    .map(FileStores::whole)
                    .collect(Collectors.joining(","));
            inputs.add(input.at(paths));
        }
        return inputs;
    }

    /** By their names, which have to differ. */
    private SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        for (Path file : job.files()) {
            Path name = file.getFileName();
            require(
                    name != null && Files.isRegularFile(file) && Files.isReadable(file),
                    "the side file " + file + " does not exist or is no file that can be read");
            String before = files.put(String.valueOf(name), FileStores.whole(file.toString()));
            require(before == null, "two side files are named '" + name + "'");
        }
        return files;
    }

    /** The jars given, and where the program was loaded from unless they hold it or the system brings it itself. */
    private List<String> jars() {
        List<String> jars = new ArrayList<>();
        for (Path jar : job.jars()) {
            require(
                    Files.isRegularFile(jar) && Files.isReadable(jar),
                    "the jar " + jar + " does not exist or cannot be read");
            jars.add(FileStores.whole(jar.toString()));
        }
        Class<?> program = job.loadedFrom();
        if (program != null && !isOurs(program) && !isInJars(program)) {
            CodeSource source = program.getProtectionDomain().getCodeSource();
            if (source == null || source.getLocation() == null) {
                problems.add("it is not known which jar " + program.getName() + " came from; name it with BspJob.jar");
            } else {
                jars.add(FileStores.whole(pathOf(source.getLocation())));
            }
        }
        return jars;
    }

    private boolean isInJars(Class<?> program) {
        String entry = program.getName().replace('.', '/') + ".class";
        for (Path jar : job.jars()) {
            try (ZipFile opened = new ZipFile(jar.toFile())) {
                if (opened.getEntry(entry) != null) {
                    return true;
                }
            } catch (IOException e) {
                require(!Files.isReadable(jar), jar + " is not a jar: " + e.getMessage());
            }
        }
        return false;
    }

    private String pathOf(URL location) {
        try {
            return Path.of(location.toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            problems.add("the program was loaded from " + location + ", which is no local file; name its jar");
            return location.getPath();
        }
    }

    /** Whether every child JVM has the class anyway. */
    private static boolean isOurs(Class<?> program) {
        return program.getName().startsWith("io.valiant.");
    }

    /** Finds out which kind of program the class is, by the jars as they are; nothing of it is run. */
    private String type(List<String> jars) throws BspException {
        boolean told = !job.type().equals("bsp");
        if (told && job.loadedFrom() != null) {
            return job.type();
        }
        try (var loader = JobJars.loader(jars, new FileStores(configuration.hadoop()), Path.of(""))) {
            Class<?> program = Class.forName(job.programClass(), false, loader);
            for (ProgramFactory factory :
                    ServiceLoader.load(ProgramFactory.class, ProgramFactory.class.getClassLoader())) {
                if (told ? factory.type().equals(job.type()) : factory.accepts(program)) {
                    return factory.type();
                }
            }
            problems.add(job.programClass() + " is no program: it extends neither Bsp nor SuperstepProgram"
                    + " nor a vertex program");
        } catch (ClassNotFoundException e) {
            problems.add("the class " + job.programClass() + " is not in "
                    + (jars.isEmpty() ? "the system; name its jar" : jars));
        } catch (LinkageError e) {
            problems.add("the class " + job.programClass() + " cannot be loaded: " + e);
        } catch (IOException e) {
            problems.add("the jars " + jars + " cannot be closed: " + e.getMessage());
        }
        return job.type();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
