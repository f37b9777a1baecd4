package io.valiant.groom.node;

import io.valiant.protocol.NodeReport;
import io.valiant.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * Reads processor, memory and disk again and again and hands each reading on. The first reading of the processor takes a
 * second: it is done by a thread of this class. Disk and processor have a thread each, so that a disk that hangs is
 * noticed rather than waited for.
 */
public final class NodeManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeManager.class);
    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(2);
    private static final int MISSED_LOOKS = 4;

    private final DiskCheck disk;
    private final Duration diskInterval;
    private final Clock clock;
    private final Consumer<NodeReport> readings;
    private final ScheduledThreadPoolExecutor threads;

    // written by the disk's thread
    private volatile DiskState diskState;
    private volatile long lookedNs;

    // by the sampling thread alone
    private HardwareAbstractionLayer hardware;
    private long[] ticks;

    /**
     * @param first what the disk's check at the start found
     * @param readings takes each reading, without blocking
     */
    public NodeManager(
            DiskCheck disk, DiskState first, Duration diskInterval, Clock clock, Consumer<NodeReport> readings) {
        this.disk = disk;
        this.diskInterval = diskInterval;
        this.clock = clock;
        this.readings = readings;
        this.diskState = first;
        this.lookedNs = clock.nanoTime();
        this.threads = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, "node");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Hands on what is known of the disk at once, begins to read the rest. */
    public void start() {
        readings.accept(report(Runtime.getRuntime().availableProcessors(), -1, 0, 0));
        long diskMs = diskInterval.toMillis();
        every(diskMs, this::lookAtDisk);
        every(SAMPLE_INTERVAL.toMillis(), this::sample);
    }

    private void every(long ms, Runnable task) {
        ScheduledFuture<?> unused = threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        // one reading less; the next may work again. Errors too: the timer would drop them and stop
                        LOG.warn("the node could not be read", e);
                    }
                },
                0,
                ms,
                TimeUnit.MILLISECONDS);
    }

    private void lookAtDisk() {
        DiskState before = diskState;
        DiskState now = disk.look();
        diskState = now;
        lookedNs = clock.nanoTime();
        if (now.problem() != null && before.problem() == null) {
            LOG.warn("this node takes no tasks: {}", now.problem());
        } else if (now.problem() == null && before.problem() != null) {
            LOG.info("the disk is usable again");
        }
    }

    private void sample() {
        double load = -1;
        if (hardware == null) {
            hardware = new SystemInfo().getHardware();
        } else {
            load = Math.max(0, Math.min(1, hardware.getProcessor().getSystemCpuLoadBetweenTicks(ticks)));
        }
        ticks = hardware.getProcessor().getSystemCpuLoadTicks();
        readings.accept(report(
                Runtime.getRuntime().availableProcessors(),
                load,
                hardware.getMemory().getTotal(),
                hardware.getMemory().getAvailable()));
    }

    private NodeReport report(int processors, double load, long memoryTotal, long memoryAvailable) {
        DiskState state = diskState;
        long silentNs = clock.nanoTime() - lookedNs;
        String problem = silentNs > MISSED_LOOKS * diskInterval.toNanos()
                ? "bsp.local.dir " + disk.folder() + " has not answered for " + silentNs / 1_000_000 + " ms"
                : state.problem();
        return new NodeReport(
                processors,
                load,
                memoryTotal,
                memoryAvailable,
                disk.folder().toString(),
                state.totalBytes(),
                state.freeBytes(),
                state.writable(),
                problem,
                0);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
