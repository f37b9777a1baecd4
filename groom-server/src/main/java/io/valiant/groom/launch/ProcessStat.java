package io.valiant.groom.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} says of a process.
 *
 * @param state a letter: R, S, D run; T, t are stopped; Z, X are gone
 * @param group process group
 * @param start ticks since the machine's start; with the pid it names a process for ever
 */
record ProcessStat(char state, long group, long start) {
    private static final Path PROC = Path.of("/proc");
    // counted after the name, whose blanks and parentheses would mislead
    private static final int STATE = 0;
    private static final int GROUP = 2;
    private static final int START = 19;

    /** More than the arguments of most processes take. */
    private static final int USUAL_BYTES = 32 * 1024;

    /** Empty if there is no such process. */
    static Optional<ProcessStat> of(long pid) {
        String stat;
        try {
            stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return Optional.empty();
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", START + 2);
        return Optional.of(
                new ProcessStat(fields[STATE].charAt(0), Long.parseLong(fields[GROUP]), Long.parseLong(fields[START])));
    }

    /** Whether one of the process's arguments is that text; false where there is no process or it is a zombie. */
    static boolean hasArgument(long pid, String argument) {
        return arguments(pid).contains(argument);
    }

    /**
     * The same, but true also where the process has no arguments: for a moment, while it becomes another program, none has any.
     * For those who know that the process is there.
     */
    static boolean mayHaveArgument(long pid, String argument) {
        List<String> arguments = arguments(pid);
        return arguments.isEmpty() || arguments.contains(argument);
    }

    private static List<String> arguments(long pid) {
        try {
            byte[] bytes = readAtOnce(PROC.resolve(Long.toString(pid)).resolve("cmdline"));
            String line = new String(bytes, StandardCharsets.ISO_8859_1);
            return line.isEmpty() ? List.of() : List.of(line.split("\0", -1));
        } catch (IOException e) {
            // gone meanwhile
            return List.of();
        }
    }

    /**
     * All of a file by a single read. Of several, those after the process has become another program would go on in the middle
     * of what that one says, or find nothing: the process would seem to have arguments, but not its own.
     */
    private static byte[] readAtOnce(Path file) throws IOException {
        for (int size = USUAL_BYTES; ; size *= 2) {
            try (InputStream in = new FileInputStream(file.toFile())) {
                byte[] buffer = new byte[size];
                int length = in.read(buffer);
                if (length < size) {
                    return Arrays.copyOf(buffer, Math.max(0, length));
                }
            }
        }
    }

    boolean isGone() {
        return state == 'Z' || state == 'X' || state == 'x';
    }

    boolean isStopped() {
        return state == 'T' || state == 't';
    }
}
