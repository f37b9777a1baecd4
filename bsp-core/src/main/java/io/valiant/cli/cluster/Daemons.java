package io.valiant.cli.cluster;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The daemons of a local cluster as processes: started and stopped by the scripts, found by their pid files. */
final class Daemons {
    private final ClusterFolder folder;
    private final Path home;

    Daemons(ClusterFolder folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /** A script at work on one daemon. */
    record Work(String daemon, Process process) {
        /** Waits for its end. */
        Outcome outcome() throws BspException {
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Outcome(daemon, process.waitFor(), said.strip());
            } catch (IOException e) {
                throw new BspException(BspException.Kind.FATAL, daemon + ": cannot read what its script says: " + e, e);
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new BspException(BspException.Kind.RETRIABLE, daemon + ": interrupted", e);
            }
        }
    }

    /** How a script ended, and everything it said. */
    record Outcome(String daemon, int code, String said) {
        boolean succeeded() {
            return code == 0;
        }

        boolean isPortTaken() {
            return said.contains("in use");
        }

        String lastLine() {
            List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty()
                    ? "its script ended with " + code
                    : lines.get(lines.size() - 1).strip();
        }
    }

    Work start(String daemon) throws BspException {
        return script("start-", daemon);
    }

    Work stop(String daemon) throws BspException {
        return script("stop-", daemon);
    }

    private Work script(String verb, String daemon) throws BspException {
        Path script = home.resolve("bin").resolve(verb + ClusterFolder.kind(daemon) + ".sh");
        ProcessBuilder command = new ProcessBuilder(
                        script.toString(), "--config", folder.conf(daemon).toString())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return new Work(daemon, command.start());
        } catch (IOException e) {
            throw new BspException(BspException.Kind.FATAL, "cannot run " + script + ": " + e.getMessage(), e);
        }
    }

    /** The process of a daemon that runs; a stale pid file counts for nothing. */
    OptionalLong pid(String daemon) throws BspException {
        Path file = folder.run(daemon).resolve(ClusterFolder.kind(daemon) + ".pid");
        try {
            if (!Files.exists(file)) {
                return OptionalLong.empty();
            }
            String text = Files.readString(file).strip();
            if (!text.matches("\\d{1,18}")) {
                return OptionalLong.empty();
            }
            long pid = Long.parseLong(text);
            return isDaemon(pid, daemon) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException e) {
            throw new BspException(BspException.Kind.FATAL, "cannot read " + file + ": " + e, e);
        }
    }

    /** What a running daemon wrote of itself into its ready file, {@code name=value} and blanks; null where it did not. */
    String told(String daemon, String name) throws BspException {
        Path file = folder.run(daemon).resolve(ClusterFolder.kind(daemon) + ".ready");
        try {
            for (String word : Files.readString(file).split("\\s+")) {
                if (word.startsWith(name + "=")) {
                    return word.substring(name.length() + 1);
                }
            }
            return null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new BspException(BspException.Kind.FATAL, "cannot read " + file + ": " + e, e);
        }
    }

    /** Another process may have got the number since. */
    private boolean isDaemon(long pid, String daemon) {
        String mark = "-Dbsp.pid.dir=" + folder.run(daemon);
        Path arguments = Path.of("/proc", String.valueOf(pid), "cmdline");
        if (Files.isDirectory(Path.of("/proc/self"))) {
            try {
                return (Files.readString(arguments, StandardCharsets.ISO_8859_1) + "\0").contains(latin(mark) + "\0");
            } catch (IOException e) {
                // It ended between two looks.
                return false;
            }
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> handle.info().commandLine().orElse(mark).contains(mark))
                .orElse(false);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Ends processes at work in the grooms' folders: children whose groom was killed before it could end them. */
    int endLeftovers() {
        List<ProcessHandle> left = new ArrayList<>();
        ProcessHandle.allProcesses().filter(this::isChild).forEach(left::add);
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(process -> process.onExit().join());
        return left.size();
    }

    private boolean isChild(ProcessHandle process) {
        Path link = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        try {
            return Files.readSymbolicLink(link).startsWith(folder.locals());
        } catch (IOException | UnsupportedOperationException e) {
            // Not ours to look at, gone, or a system without /proc.
            return false;
        }
    }
}
