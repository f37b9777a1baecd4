package io.valiant.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the machine's processes by {@code /proc}: Linux only. */
final class ProcessScan {
    private ProcessScan() {}

    /** Process ids whose command line or working folder names that folder, this process left out. */
    static List<Long> of(Path folder) {
        long self = ProcessHandle.current().pid();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(p -> p.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::parseLong)
                    .filter(pid -> pid != self && belongs(pid, folder.toString()))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean belongs(long pid, String folder) {
        return commandLine(pid).contains(folder) || workingFolder(pid).startsWith(folder);
    }

    /** The command line with blanks for NULs; empty if the process is gone. */
    static String commandLine(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
            return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** The working folder; empty if the process is gone. */
    static String workingFolder(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** Sends a signal by name, such as KILL. */
    static void signal(long pid, String name) throws IOException {
        waitFor(new ProcessBuilder("kill", "-" + name, "" + pid).start());
    }

    /** Looks again every 50 ms until the condition holds; false after the limit. */
    static boolean await(BooleanSupplier condition, long limitMs) throws IOException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            pause(50);
        }
        return true;
    }

    /** Lets time pass, as an operator would between two commands. */
    static void pause(long ms) throws IOException {
        waitFor(new ProcessBuilder("sleep", "" + ms / 1000.0).start());
    }

    private static void waitFor(Process process) throws IOException {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
