package io.valiant.cli.submit;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Reads the results of a job that has succeeded. */
public final class OutputLines {
    private OutputLines() {}

    /**
     * Hands out every line, task by task.
     *
     * @param hadoop keys for file systems that are not of this machine
     * @param output the job's output folder
     */
    public static void read(SortedMap<String, String> hadoop, String output, Consumer<String> lines)
            throws BspException {
        FileStore store = new FileStores(hadoop).of(output);
        for (FileStore.Entry entry : store.list(output)) {
            if (!entry.folder() && entry.name().startsWith("part-")) {
                read(store, entry.uri(), lines);
            }
        }
    }

    private static void read(FileStore store, String part, Consumer<String> lines) throws BspException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(store.open(part, 0), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            throw new BspException(BspException.Kind.RETRIABLE, "cannot read " + part + ": " + e.getMessage(), e);
        }
    }
}
