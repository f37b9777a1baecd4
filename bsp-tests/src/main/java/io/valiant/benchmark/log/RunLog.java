package io.valiant.benchmark.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The file of finished runs, a JSON line each. A run that it holds is not run again. Used by one thread. */
public final class RunLog {
    private final Path file;
    private final List<RunLine> lines = new ArrayList<>();

    private RunLog(Path file) {
        this.file = file;
    }

    /** Goes on with a file, or begins it. A last line that was cut off is left out, and run again. */
    public static RunLog open(Path file) throws IOException {
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

    public Path file() {
        return file;
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
        Files.writeString(file, line.json() + "\n", StandardOpenOption.APPEND);
        lines.add(line);
    }
}
