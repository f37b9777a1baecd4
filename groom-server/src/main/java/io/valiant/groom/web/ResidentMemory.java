package io.valiant.groom.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a process has in memory, by {@code /proc/PID/status}. */
final class ResidentMemory {
    private static final String FIELD = "VmRSS:";
    private static final long KIBI = 1024;

    private ResidentMemory() {}

    /** In bytes; empty if there is no such process. */
    static OptionalLong of(long pid) {
        try {
            for (String line :
                    Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(FIELD)) {
                    String kib =
                            line.substring(FIELD.length()).replace("kB", "").strip();
                    return OptionalLong.of(Long.parseLong(kib) * KIBI);
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            // it has ended meanwhile
            return OptionalLong.empty();
        }
    }
}
