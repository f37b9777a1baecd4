package io.valiant.groom.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Signals to the process groups of children. Java has no call for it; a shell's own {@code kill} does it. */
final class ProcessGroups {
    static final String TERM = "TERM";
    static final String KILL = "KILL";

    private static final long KILL_TIMEOUT_S = 10;

    private ProcessGroups() {}

    /**
     * Signals the group of that process, if it is still that process. A child that has not got its own group yet is
     * signalled alone.
     *
     * @param signal {@link #TERM} or {@link #KILL}
     * @return false if the process is gone or another has its number: nothing was signalled
     */
    static boolean signal(ProcessName process, String signal) throws IOException, InterruptedException {
        if (process.look().isEmpty()) {
            return false;
        }
        send("kill -s \"$1\" -- \"-$2\" || kill -s \"$1\" \"$2\"", signal, process.pid());
        return true;
    }

    /**
     * Kills what is left of a group that nobody looks after, though its leader may be gone. While a group has members nobody
     * gets its number; but once it has none, another process may, at any time: what that one leads is left alone.
     *
     * @param leader that is gone or about to go
     * @return whether there was anything left
     */
    static boolean killMembers(ProcessName leader) throws IOException, InterruptedException {
        boolean isAnothers = ProcessStat.of(leader.pid())
                .filter(stat -> stat.start() != leader.start())
                .isPresent();
        boolean left = !isAnothers && hasMembers(leader.pid());
        if (left) {
            send("kill -s \"$1\" -- \"-$2\"", KILL, leader.pid());
        }
        return left;
    }

    /** @param command of a shell that gets signal and number */
    private static void send(String command, String signal, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", command, "kill", signal, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(KILL_TIMEOUT_S, TimeUnit.SECONDS)) {
            kill.destroyForcibly();
            throw new IOException("kill of process group " + pid + " did not return in " + KILL_TIMEOUT_S + " s");
        }
    }

    /** Whether a process that is more than a zombie belongs to that group. */
    static boolean hasMembers(long group) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                Optional<ProcessStat> stat =
                        ProcessStat.of(Long.parseLong(process.getFileName().toString()));
                if (stat.isPresent()
                        && stat.get().group() == group
                        && !stat.get().isGone()) {
                    return true;
                }
            }
        }
        return false;
    }
}
