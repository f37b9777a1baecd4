package io.valiant.chaos;

import io.valiant.chaos.machine.LineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file of finished runs, a JSON line each. A run that it holds is not run again. */
final class RunLog {
    private final LineFile file;
    private final List<RunLine> lines = new ArrayList<>();

    private RunLog(LineFile file) {
        this.file = file;
    }

    /** Goes on with a file, or begins it. A last line that was cut off is left out, and run again. */
    static RunLog open(Path file) throws IOException {
        RunLog log = new RunLog(LineFile.open(file));
        for (String line : log.file.lines()) {
            log.lines.add(RunLine.parse(line));
        }
        return log;
    }

    Path file() {
        return file.file();
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
        file.add(line.json());
        lines.add(line);
    }
}
