package io.valiant.benchmark.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;

/** Seconds of CPU, of processes and of the machine. Safe for any thread. */
public final class CpuTime {
    /** Ticks of {@code /proc} in a second, on every Linux that runs a JVM. */
    private static final double TICKS = 100;

    private CpuTime() {}

    /** What all processes together have used since the machine started. */
    public static double machineS() throws IOException {
        String[] words = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +");
        // cpu user nice system idle iowait irq softirq steal: all but the two in which nothing ran
        long ticks = 0;
        for (int i = 1; i <= 8; i++) {
            ticks += i == 4 || i == 5 ? 0 : Long.parseLong(words[i]);
        }
        return ticks / TICKS;
    }

    /** What these processes have used, and those that they have waited for; nothing for one that is gone. */
    public static double ofS(Collection<Long> pids) throws IOException {
        double seconds = 0;
        for (long pid : pids) {
            seconds += of("/proc/" + pid + "/stat");
        }
        return seconds;
    }

    /** What this process has used, and those that it started and that have ended. */
    public static double ownS() throws IOException {
        return of("/proc/self/stat");
    }

    private static double of(String file) throws IOException {
        String text;
        try {
            text = Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            if (Files.exists(Path.of(file))) {
                throw e;
            }
            return 0;
        }
        // the name of a process, in parentheses, may hold blanks; utime, stime, cutime, cstime are fields 14 to 17
        String[] words = text.substring(text.lastIndexOf(')') + 2).split(" ", 16);
        long ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(words[i]);
        }
        return ticks / TICKS;
    }
}
