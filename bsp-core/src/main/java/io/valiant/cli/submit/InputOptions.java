package io.valiant.cli.submit;

import io.valiant.bsp.Format;
import io.valiant.bsp.JobInput;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts together what {@code --input}, {@code --input-format} and {@code --partition} say of each input. */
final class InputOptions {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)=(.+)", Pattern.DOTALL);
    private static final String ONLY = "input";

    private final List<String> inputs;
    private final List<String> formats;
    private final List<String> partitions;

    InputOptions(List<String> inputs, List<String> formats, List<String> partitions) {
        this.inputs = inputs;
        this.formats = formats;
        this.partitions = partitions;
    }

    List<JobInput> inputs() throws UsageException {
        Map<String, String> paths = byName("--input", inputs);
        Map<String, String> byFormat = byName("--input-format", formats);
        Map<String, String> byPartition = byName("--partition", partitions);
        List<JobInput> all = new ArrayList<>();
        for (var path : paths.entrySet()) {
            JobInput input = JobInput.of(path.getKey(), Shell.locations(path.getValue()));
            String format = byFormat.remove(path.getKey());
            if (format != null) {
                input = input.format(format("--input-format", format));
            }
            String partition = byPartition.remove(path.getKey());
            if (partition != null) {
                input = input.partition(partition);
            }
            all.add(input);
        }
        checkUsed("--input-format", byFormat);
        checkUsed("--partition", byPartition);
        return all;
    }

    /** A format by its words. */
    static Format<?, ?> format(String option, String words) throws UsageException {
        try {
            return Format.parse(words);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }

    private static Map<String, String> byName(String option, List<String> values) throws UsageException {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String value : values) {
            Matcher named = NAMED.matcher(value);
            String name = named.matches() ? named.group(1) : ONLY;
            if (byName.put(name, named.matches() ? named.group(2) : value) != null) {
                throw new UsageException(option + " is given twice for '" + name + "'");
            }
        }
        return byName;
    }

    private static void checkUsed(String option, Map<String, String> left) throws UsageException {
        if (!left.isEmpty()) {
            String name = left.keySet().iterator().next();
            throw new UsageException(option + ": there is no --input for '" + name + "'");
        }
    }
}
