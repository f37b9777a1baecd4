package io.valiant.bsp;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * A groom as the master sees it at one moment; the JSON of {@code groom status} is this record in snake_case.
 *
 * @param steps the groom's start-up steps in order
 * @param children its child JVMs
 */
public record GroomStatus(
        String name,
        long incarnation,
        GroomState state,
        String reason,
        int slots,
        int slotsUsed,
        SortedMap<String, String> labels,
        Cpu cpu,
        Memory memory,
        Disk disk,
        Instant lastHeartbeat,
        String rpc,
        String http,
        List<Step> steps,
        List<Child> children) {

    /** Processors, and the share of them in use, 0 to 1; null before the first reading. */
    public record Cpu(int processors, Double load) {}

    /** Bytes of the machine's memory. */
    public record Memory(long totalBytes, long availableBytes) {}

    /** Bytes of the disk under {@code bsp.local.dir}. */
    public record Disk(String path, long totalBytes, long freeBytes, boolean writable) {}

    /** One step of the groom's start. */
    public record Step(int number, String name, Instant at, long tookMs) {}

    /** A child JVM: {@code kind} is task, spare or service. */
    public record Child(long pid, String kind, String attempt) {}
}
