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

    // guarded by this
    private final DiskHealth health;
    private long lookedNs;
    private Load load = Load.NONE;

    /** Whether the last reading that was handed on said that tasks should not run here. */
    private boolean unhealthyTold;

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
        this.health = new DiskHealth(first);
        this.lookedNs = clock.nanoTime();
        this.threads = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, "node");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What the machine's processors and memory do; -1 and 0 before the first reading. */
    private record Load(double cpu, long memoryTotal, long memoryAvailable) {
        private static final Load NONE = new Load(-1, 0, 0);
    }

    /** Hands on what is known of the disk at once, begins to read the rest. */
    public void start() {
        handOn();
        every(diskInterval.toMillis(), this::lookAtDisk);
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

    /** A disk that has become good or bad is handed on at once. */
    private void lookAtDisk() {
        looked(disk.look());
    }

    synchronized void looked(DiskState now) {
        lookedNs = clock.nanoTime();
        health.looked(now);
        if ((unhealthy() != null) != unhealthyTold) {
            handOn();
        }
    }

    private void sample() {
        double cpu = -1;
        if (hardware == null) {
            hardware = new SystemInfo().getHardware();
        } else {
            cpu = Math.max(0, Math.min(1, hardware.getProcessor().getSystemCpuLoadBetweenTicks(ticks)));
        }
        ticks = hardware.getProcessor().getSystemCpuLoadTicks();
        long total = hardware.getMemory().getTotal();
        sampled(new Load(cpu, total, hardware.getMemory().getAvailable()));
    }

    private synchronized void sampled(Load now) {
        load = now;
        handOn();
    }

    synchronized void handOn() {
        String unhealthy = unhealthy();
        if (unhealthy != null && !unhealthyTold) {
            LOG.warn("this node takes no tasks: {}", unhealthy);
        } else if (unhealthy == null && unhealthyTold) {
            LOG.info("this node takes tasks again: its disk is usable");
        }
        unhealthyTold = unhealthy != null;
        DiskState state = health.state();
        readings.accept(new NodeReport(
                Runtime.getRuntime().availableProcessors(),
                load.cpu(),
                load.memoryTotal(),
                load.memoryAvailable(),
                disk.folder().toString(),
                state.totalBytes(),
                state.freeBytes(),
                state.writable(),
                unhealthy,
                0));
    }

    /** A disk that hangs is as bad as one that fails. */
    private String unhealthy() {
        long silentNs = clock.nanoTime() - lookedNs;
        return silentNs > MISSED_LOOKS * diskInterval.toNanos()
                ? "bsp.local.dir " + disk.folder() + " has not answered for " + silentNs / 1_000_000 + " ms"
                : health.unhealthy();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
