package io.valiant.master.web;

import io.valiant.config.Secrets;
import io.valiant.protocol.JobSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a job was submitted, for people: secrets are masked. */
final class SubmittedAs {
    private SubmittedAs() {}

    /** By the names of the facts. */
    static Map<String, Object> config(JobSpec spec) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("program", spec.programClass());
        config.put("jars", masked(spec.jars()));
        config.put("files", Secrets.masked(spec.data().files()));
        config.put("output_format", spec.data().outputFormat());
        config.put(
                "inputs",
                spec.inputs().stream()
                        .map(input -> input.at(Secrets.maskedText(input.path())))
                        .toList());
        config.put("output", spec.output() == null ? null : Secrets.maskedText(spec.output()));
        config.put("overwrite", spec.overwrite());
        config.put("settings", Secrets.masked(spec.settings()));
        config.put("configuration", Secrets.masked(spec.configuration()));
        config.put("environment", Secrets.masked(spec.environment()));
        config.put("memory_bytes", spec.memoryBytes());
        config.put("priority", spec.priority());
        config.put("selector", spec.selector());
        config.put("max_attempts", spec.maxAttempts());
        config.put("max_rollbacks", spec.maxRollbacks());
        return config;
    }

    private static List<String> masked(List<String> places) {
        return places.stream().map(Secrets::maskedText).toList();
    }
}
