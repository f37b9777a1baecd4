package io.valiant.chaos.cluster;

import io.valiant.examples.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The hash of what a {@code ledger} job has written. */
final class OutputHash {
    private OutputHash() {}

    /** Of all part files; a text that says what is wrong with them where they are no ledger's. */
    static String of(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(output)) {
            for (Path part : files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        try {
            return Ledger.hash(lines);
        } catch (IllegalArgumentException e) {
            return "none (" + e.getMessage() + ")";
        }
    }
}
