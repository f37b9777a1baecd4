package io.valiant.benchmark.log;

import io.valiant.chaos.machine.LineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file of finished runs, a JSON line each. A run that it holds is not run again. Used by one thread. */
public final class RunLog {
    private final LineFile file;
    private final List<RunLine> lines = new ArrayList<>();

    private RunLog(LineFile file) {
        this.file = file;
    }

    /** Goes on with a file, or begins it. A last line that was cut off is left out, and run again. */
    public static RunLog open(Path file) throws IOException {
        RunLog log = new RunLog(LineFile.open(file));
        for (String line : log.file.lines()) {
            log.lines.add(RunLine.parse(line));
        }
        return log;
    }

    /** Whether that run has ended, right or wrong. */
    public boolean has(String measure, String input, String side, int run) {
        String key = RunLine.key(measure, input, side, run);
        return lines.stream().anyMatch(line -> line.key().equals(key));
    }

    /** All lines, oldest first. */
    public List<RunLine> lines() {
        return List.copyOf(lines);
    }

    public void add(RunLine line) throws IOException {
        file.add(line.json());
        lines.add(line);
    }
}
