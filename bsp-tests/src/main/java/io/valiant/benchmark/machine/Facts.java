package io.valiant.benchmark.machine;

import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** On what and in which state something is measured. */
public final class Facts {
    private static final long GIT_LIMIT_S = 30;
    private static final long LOOK_MS = 500;

    /** A machine counts as quiet while others use less than this share of it. */
    private static final double QUIET_SHARE = 0.2;

    /** So long in a row, for what a run before has set off: spares are started a second after a job. */
    private static final long QUIET_MS = 3000;

    private Facts() {}

    /** Processor, cores, memory, kernel, what it controls the congestion of TCP by, and Java in one line. */
    public static String machine() throws IOException {
        String model = field(Path.of("/proc/cpuinfo"), "model name");
        long memoryGib = Math.round(
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) / 1048576.0);
        String kernel = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        Path congestionFile = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");
        String congestion = Files.isReadable(congestionFile)
                ? Files.readString(congestionFile).strip()
                : "an unknown algorithm";
        return cores() + " × " + model + ", " + memoryGib + " GiB, Linux " + kernel + " (TCP by " + congestion
                + "), Java " + System.getProperty("java.vm.version");
    }

    private static String field(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split("\\s*:\\s*", 2);
            if (words[0].equals(name)) {
                return words[1].strip();
            }
        }
        return "unknown " + name;
    }

    /** Hardware threads. */
    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The load average of one minute. */
    public static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }

    /** The commit of a checkout, with {@code +} where files differ from it; {@code unknown} without git. */
    public static String commit(Path home) throws IOException {
        Outcome head = git(home, "rev-parse", "--short", "HEAD");
        if (head.code() != 0) {
            return "unknown";
        }
        boolean changed = !git(home, "status", "--porcelain", "--untracked-files=no")
                .out()
                .isBlank();
        return head.out().strip() + (changed ? "+" : "");
    }

    private static Outcome git(Path home, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(words));
        try {
            return Command.run(command, GIT_LIMIT_S);
        } catch (IOException e) {
            return new Outcome(-1, "", "git: " + e.getMessage());
        }
    }

    /** Waits until others have left most of the machine idle for some seconds, or for the limit. */
    public static void awaitQuiet(long limitMs) throws IOException {
        long fromNs = Waits.nowNs();
        long quietMs = 0;
        while (quietMs < QUIET_MS && Waits.sinceMs(fromNs) < limitMs) {
            double busyS = CpuTime.machineS();
            Waits.pause(LOOK_MS);
            boolean quiet = CpuTime.machineS() - busyS < QUIET_SHARE * cores() * LOOK_MS / 1000;
            quietMs = quiet ? quietMs + LOOK_MS : 0;
        }
    }
}
