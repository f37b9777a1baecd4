package io.valiant.benchmark.machine;

import io.valiant.chaos.machine.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Watches how much memory processes have had resident at most, from its making to {@link #close}. The kernel keeps the peak
 * of each ({@code VmHWM}); it is read every 50 ms, as nobody can ask for it once the process has ended.
 */
public final class PeakMemory implements AutoCloseable {
    private static final long LOOK_MS = 50;

    /** Looking for new processes reads all of {@code /proc}, so it is done less often. */
    private static final int LOOKS_PER_SEARCH = 8;

    private static final String PEAK = "VmHWM:";

    private final Supplier<Collection<Long>> processes;
    private final Map<Long, Long> peaksKib = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private final Thread watcher = new Thread(this::watch, "peak-memory");

    /** @param processes those that run now; called by the watching thread */
    public PeakMemory(Supplier<Collection<Long>> processes) {
        this.processes = processes;
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        Collection<Long> watched = processes.get();
        for (int look = 1; !closed; look++) {
            watched.forEach(this::look);
            if (look % LOOKS_PER_SEARCH == 0) {
                watched = processes.get();
            }
            Waits.pause(LOOK_MS);
        }
    }

    private void look(long pid) {
        Path status = Path.of("/proc/" + pid + "/status");
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(PEAK)) {
                    long kib = Long.parseLong(line.replaceAll("\\D", ""));
                    peaksKib.merge(pid, kib, Math::max);
                    return;
                }
            }
        } catch (IOException e) {
            if (Files.exists(status)) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The sum of the peaks of these processes in MiB; empty where one of them ended before it was looked at, or there are none. */
    public OptionalDouble sumMib(Collection<Long> pids) {
        if (pids.isEmpty() || !peaksKib.keySet().containsAll(pids)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(pids.stream().mapToLong(peaksKib::get).sum() / 1024.0);
    }

    /** The sum of the peaks of all that were seen, in MiB. */
    public double sumMib() {
        return peaksKib.values().stream().mapToLong(Long::longValue).sum() / 1024.0;
    }

    @Override
    public void close() {
        closed = true;
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
