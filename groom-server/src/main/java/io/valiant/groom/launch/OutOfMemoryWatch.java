package io.valiant.groom.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Counts the processes that the kernel has killed for memory in this control group, where it tells. A child ended by
 * SIGKILL while the count rose is taken for one of them.
 */
final class OutOfMemoryWatch {
    private final Path counters;

    private OutOfMemoryWatch(Path counters) {
        this.counters = counters;
    }

    /** For the group that this process is in. */
    static OutOfMemoryWatch ofThisProcess() {
        Path mount = Path.of("/sys/fs/cgroup");
        return new OutOfMemoryWatch(ownGroup()
                .map(group -> mount.resolve(group).resolve("memory.events"))
                .filter(Files::isReadable)
                .orElse(mount.resolve("memory.events")));
    }

    private static Optional<String> ownGroup() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                if (line.startsWith("0::/")) {
                    return Optional.of(line.substring("0::/".length()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            // no control groups on this machine
            return Optional.empty();
        }
    }

    /** Kills so far; 0 where the kernel does not tell. */
    long kills() {
        List<String> lines;
        try {
            lines = Files.readAllLines(counters);
        } catch (IOException e) {
            return 0;
        }
        for (String line : lines) {
            if (line.startsWith("oom_kill ")) {
                return Long.parseLong(line.substring("oom_kill ".length()).strip());
            }
        }
        return 0;
    }
}
