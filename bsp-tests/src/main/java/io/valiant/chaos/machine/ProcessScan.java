package io.valiant.chaos.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the machine's processes by {@code /proc}, and signals them: Linux only. */
public final class ProcessScan {
    /** Class that every child JVM runs. */
    private static final String CHILD = "io.valiant.task.BspChildRunner";

    private static final long SIGNAL_LIMIT_S = 30;

    private ProcessScan() {}

    /** Process ids whose command line or working folder names that folder, this process and its ancestors left out. */
    public static List<Long> of(Path folder) {
        List<Long> own = Stream.iterate(ProcessHandle.current(), handle -> handle != null, handle -> handle.parent()
                        .orElse(null))
                .map(ProcessHandle::pid)
                .toList();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::parseLong)
                    .filter(pid -> !own.contains(pid) && belongs(pid, folder.toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The child JVMs at work under that folder and their launchers, spares among them. */
    public static List<Long> children(Path folder) {
        return of(folder).stream()
                .filter(pid -> List.of(commandLine(pid).split(" ")).contains(CHILD))
                .toList();
    }

    /** Whether it is a JVM, not what launched it. */
    public static boolean isJvm(long pid) {
        return commandLine(pid).split(" ", 2)[0].endsWith("/java");
    }

    private static boolean belongs(long pid, String folder) {
        return commandLine(pid).contains(folder) || workingFolder(pid).startsWith(folder);
    }

    /** The command line with blanks for NULs; empty if the process is gone or has ended. */
    public static String commandLine(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
            return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** The working folder; empty if the process is gone. */
    public static String workingFolder(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether the process runs or is stopped; not if it has ended and only waits to be reaped. */
    public static boolean isAlive(long pid) {
        return !commandLine(pid).isEmpty();
    }

    /** SIGKILL, at once and without a helper. */
    public static void kill(long pid) throws IOException {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow(() -> new IOException("no process " + pid));
        if (!process.destroyForcibly()) {
            throw new IOException("process " + pid + " could not be killed");
        }
    }

    /** Sends a signal by name, such as STOP. */
    public static void signal(String name, List<Long> pids) throws IOException {
        List<String> words = new ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> words.add(pid.toString()));
        Outcome outcome = Command.run(words, SIGNAL_LIMIT_S);
        if (outcome.code() != 0) {
            throw new IOException(words + ": " + outcome.told());
        }
    }
}
