package io.valiant.benchmark.machine;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory of this JVM is really in use while something runs: a thread collects garbage without a pause and keeps the
 * greatest use that it finds. What runs meanwhile takes many times as long, so its times say nothing.
 */
public final class LiveMemory {
    private final long beforeBytes;
    private final Thread thread;

    /** Written by the thread, read when it has ended. */
    private long peakBytes;

    private long bufferBytes;

    private volatile boolean ends;

    private LiveMemory() {
        beforeBytes = inUse();
        thread = new Thread(this::watch, "live-memory");
        thread.setDaemon(true);
    }

    /** Begins to watch. */
    public static LiveMemory watching() {
        LiveMemory memory = new LiveMemory();
        memory.thread.start();
        return memory;
    }

    private void watch() {
        while (!ends) {
            peakBytes = Math.max(peakBytes, inUse());
            bufferBytes = Math.max(bufferBytes, inBuffers());
        }
    }

    /** Bytes in use on the heap after a collection. */
    private static long inUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long inBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Ends, and says what is in use now and what was at most. */
    public Use end() throws InterruptedException {
        ends = true;
        thread.join();
        long nowBytes = inUse();
        return new Use(nowBytes - beforeBytes, Math.max(peakBytes, nowBytes) - beforeBytes, bufferBytes);
    }

    /**
     * Bytes.
     *
     * @param endBytes of the heap at the end, more than at the beginning
     * @param peakBytes of the heap at most, more than at the beginning
     * @param bufferBytes outside of the heap at most
     */
    public record Use(long endBytes, long peakBytes, long bufferBytes) {}
}
