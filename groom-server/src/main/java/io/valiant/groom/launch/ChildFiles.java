package io.valiant.groom.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of one attempt. {@code folder} is its own, closed to other users. */
record ChildFiles(Path folder, Path logs) {
    static final String TEMPORARY = "tmp";
    private static final String EXIT = "exit";

    /** Makes the folders; what an earlier attempt of that name left is removed first. */
    static ChildFiles make(Path folder, Path logs) throws IOException {
        Folders.delete(folder);
        Folders.makePrivate(folder);
        ChildFiles made = new ChildFiles(folder, logs);
        Files.createDirectory(made.work());
        Files.createDirectory(made.spill());
        Files.createDirectory(folder.resolve(TEMPORARY));
        return made;
    }

    Path work() {
        return folder.resolve("work");
    }

    Path spill() {
        return folder.resolve("spill");
    }

    /** Made by the child's shutdown hook: its end was the JVM's, whatever its code looks like. */
    Path mark() {
        return folder.resolve("ended");
    }

    /** The code that the launcher recorded; null if it did not come so far. */
    Integer exitCode() throws IOException {
        Path file = folder.resolve(EXIT);
        if (!Files.exists(file)) {
            return null;
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        return text.matches("\\d{1,3}") ? Integer.valueOf(text) : null;
    }
}
