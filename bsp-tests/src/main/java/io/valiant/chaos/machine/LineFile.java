package io.valiant.chaos.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A text file to which whole lines are added, and which is read when it is opened. Used by one thread. */
public final class LineFile {
    private final Path file;
    private final List<String> lines;

    private LineFile(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Goes on with a file, or begins it. A last line that was cut off, as its writer was killed, is taken out. */
    public static LineFile open(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, "", StandardOpenOption.CREATE_NEW);
        }
        String text = Files.readString(file);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (!whole.equals(text)) {
            Files.writeString(file, whole);
        }
        return new LineFile(file, whole.lines().toList());
    }

    public Path file() {
        return file;
    }

    /** What it held when it was opened. */
    public List<String> lines() {
        return lines;
    }

    /** Adds a line; it is in the file when this returns. */
    public void add(String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }
}
