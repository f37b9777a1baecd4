package io.valiant.benchmark.side;

import io.valiant.chaos.machine.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program beside ours that prints lines {@code name key=value …}. {@code kernel_ms} is the greatest of its field's values,
 * one a process; {@code load_ms} what it took to read and order the input.
 */
final class BaselineSide implements Side {
    /** Fields that say what a result is; others, as times, differ from run to run. */
    private static final List<String> ANSWERS = List.of("reached", "depth", "distsum", "comps", "biggest");

    private final Lab lab;
    private final String name;
    private final List<String> command;
    private final String kernelField;

    /** @param kernelField the field that holds the milliseconds of the iterations alone */
    BaselineSide(Lab lab, String name, List<String> command, String kernelField) {
        this.lab = lab;
        this.name = name;
        this.command = command;
        this.kernelField = kernelField;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Sample into) throws IOException {
        Lab.Ran ran = lab.process(command);
        into.ran(ran);
        Outcome outcome = ran.outcome();
        if (outcome.code() != 0) {
            into.wrong(String.join(" ", command) + ": " + outcome.told());
            return;
        }
        into.figure("peak_mib", ran.memory().sumMib());
        double kernelMs = 0;
        double loadMs = 0;
        for (String line : outcome.out().lines().toList()) {
            Map<String, String> fields = fields(line);
            loadMs = Math.max(loadMs, number(fields, "load_ms")) + number(fields, "ms") + number(fields, "csr_ms");
            kernelMs = Math.max(kernelMs, number(fields, kernelField));
            for (String answer : ANSWERS) {
                if (fields.containsKey(answer)) {
                    into.answer(answer, fields.get(answer));
                }
            }
        }
        if (kernelMs == 0) {
            into.wrong(name + " printed no " + kernelField + ": " + outcome.told());
        }
        into.figure("kernel_ms", kernelMs);
        into.figure("load_ms", loadMs);
    }

    static Map<String, String> fields(String line) {
        Map<String, String> fields = new TreeMap<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                fields.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return fields;
    }

    /** 0 where there is none: two processes with one output may write into each other's lines. */
    static double number(Map<String, String> fields, String name) {
        try {
            return Double.parseDouble(fields.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
