package io.valiant.local;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Format;
import io.valiant.bsp.InputFormat;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.OutputFormat;
import io.valiant.bsp.Partitioner;
import io.valiant.io.FileStores;
import io.valiant.protocol.JobData;
import io.valiant.task.JobClassLoader;
import io.valiant.task.JobJars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Checks formats and partitions of a job's inputs and output. Looks at classes that they name; runs nothing of them. */
final class InputChecks {
    private final List<String> problems;

    InputChecks(List<String> problems) {
        this.problems = problems;
    }

    /**
     * The inputs with all that their formats tell.
     *
     * @param type of the job
     * @param jars URIs of local files or folders
     */
    List<JobInput> checked(String type, List<JobInput> inputs, JobData data, List<String> jars) throws BspException {
        boolean plain = type.equals("bsp") || type.equals("superstep");
        if (!plain && !data.files().isEmpty()) {
            problems.add("side files are for plain and superstep programs, which find them by Peer.file");
        }
        List<JobInput> checked = new ArrayList<>();
        try (JobClassLoader loader = JobJars.loader(jars, new FileStores(new TreeMap<>()), Path.of(""))) {
            checkOutput(data.outputFormat(), plain, loader);
            for (JobInput input : inputs) {
                checked.add(plain ? checked(input, loader) : asGraph(input));
            }
        } catch (IOException e) {
            problems.add("the jars " + jars + " cannot be closed: " + e.getMessage());
        }
        return checked;
    }

    private void checkOutput(String words, boolean plain, ClassLoader loader) {
        Format<?, ?> format = parsed(words, "the output");
        if (format != null && format.kind() == Format.Kind.OWN) {
            Class<?> unused = load(format.ownClass(), OutputFormat.class, "format of the output", loader);
        }
        if (!plain && !words.equals(JobInput.TEXT)) {
            problems.add("a graph's results are text, not '" + words + "'");
        }
    }

    private JobInput asGraph(JobInput input) {
        if (!input.format().equals(JobInput.TEXT) || !input.partition().equals(JobInput.BYTES)) {
            problems.add("input '" + input.name() + "' of a graph has neither a format nor a partition of its own");
        }
        return input;
    }

    private JobInput checked(JobInput input, ClassLoader loader) {
        Format<?, ?> format = parsed(input.format(), "input '" + input.name() + "'");
        if (format == null) {
            return input;
        }
        if (input.isByKey() && format.kind() == Format.Kind.TEXT) {
            problems.add("input '" + input.name() + "' is dealt out by key (" + input.partition()
                    + ") and so needs a format with keys: keyvalue, sequence:KEY,VALUE or a class");
        }
        boolean isClass = input.isByKey()
                && !input.partition().equals(JobInput.HASH)
                && !input.partition().equals(JobInput.RANGE);
        if (isClass) {
            Class<?> unused =
                    load(input.partition(), Partitioner.class, "partition of input '" + input.name() + "'", loader);
        }
        if (format.kind() != Format.Kind.OWN) {
            return input;
        }
        Class<?> own = load(format.ownClass(), InputFormat.class, "format of input '" + input.name() + "'", loader);
        return input.whole(own == null || !InputFormat.Splittable.class.isAssignableFrom(own));
    }

    private Class<?> load(String name, Class<?> extended, String what, ClassLoader loader) {
        try {
            Class<?> found = Class.forName(name, false, loader);
            if (extended.isAssignableFrom(found)) {
                return found;
            }
            problems.add("the " + what + ", " + name + ", is no " + extended.getSimpleName());
        } catch (ClassNotFoundException | LinkageError e) {
            problems.add("the " + what + ", " + name + ", is no word for one and no class that can be loaded: " + e);
        }
        return null;
    }

    private Format<?, ?> parsed(String words, String of) {
        try {
            return Format.parse(words);
        } catch (IllegalArgumentException e) {
            problems.add(of + ": " + e.getMessage());
            return null;
        }
    }
}
