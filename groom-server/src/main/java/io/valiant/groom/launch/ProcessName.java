package io.valiant.groom.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A child's process, named so that no other that gets its number later is taken for it.
 *
 * @param pid also the number of its process group
 * @param start as in {@link ProcessStat}
 * @param tag random, an argument of the process
 */
record ProcessName(long pid, long start, String tag) {
    /** The file in an attempt's folder that the launcher writes. */
    static final String FILE = "pid";

    /** Reads what a launcher wrote; empty where it did not come so far. */
    static Optional<ProcessName> read(Path attemptFolder) throws IOException {
        Path file = attemptFolder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words =
                Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
        boolean whole = words.length == 3 && words[0].matches("\\d{1,10}") && words[1].matches("\\d{1,18}");
        return whole
                ? Optional.of(new ProcessName(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]))
                : Optional.empty();
    }

    /** The argument that carries a tag. */
    static String tagArgument(String tag) {
        return "-Dbsp.tag=" + tag;
    }

    /** The process as it is now; empty if it is gone or its number is another's. */
    Optional<ProcessStat> look() {
        return ProcessStat.of(pid)
                .filter(stat ->
                        stat.start() == start && !stat.isGone() && ProcessStat.mayHaveArgument(pid, tagArgument(tag)));
    }
}
