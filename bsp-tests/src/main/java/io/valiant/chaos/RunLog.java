package io.valiant.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The file of finished runs, a JSON line each. A run that it holds is not run again. */
final class RunLog {
    private final Path file;
    private final List<RunLine> lines = new ArrayList<>();

    private RunLog(Path file) {
        this.file = file;
    }

    /** Goes on with a file, or begins it. A last line that was cut off is left out, and run again. */
    static RunLog open(Path file) throws IOException {
        RunLog log = new RunLog(file);
        if (Files.exists(file)) {
            String text = Files.readString(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            for (String line : whole.lines().toList()) {
                log.lines.add(RunLine.parse(line));
            }
            if (!whole.equals(text)) {
                Files.writeString(file, whole);
            }
        } else {
            Files.writeString(file, "", StandardOpenOption.CREATE_NEW);
        }
        return log;
    }

    Path file() {
        return file;
    }

    /** Whether that run has ended, well or not; what was skipped has not. */
    boolean has(String scenario, int run) {
        return of(scenario).stream().anyMatch(line -> line.run() == run && line.result() != Result.SKIPPED);
    }

    /** The lines of a scenario. */
    List<RunLine> of(String scenario) {
        return lines.stream().filter(line -> line.scenario().equals(scenario)).toList();
    }

    void add(RunLine line) throws IOException {
        Files.writeString(file, line.json() + "\n", StandardOpenOption.APPEND);
        lines.add(line);
    }
}
