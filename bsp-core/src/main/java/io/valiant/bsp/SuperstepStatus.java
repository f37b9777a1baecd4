package io.valiant.bsp;

import java.time.Instant;
import java.util.Objects;

/**
 * One superstep of a job, all tasks together; in JSON this record in snake_case. Of long jobs not every superstep is kept:
 * those that are lie evenly, and the newest are among them.
 *
 * @param superstep its number; below 0 those in which records were dealt out by key, before the program began at 0
 * @param generation of the job that computed it; after a roll-back a superstep is computed again
 * @param startedAt when the first task began with it
 * @param computeMs how long the slowest task computed, in milliseconds
 * @param barrierMs what came on top: how long that task waited at the barrier, in milliseconds
 * @param messages sent by all tasks; of graph programs over primitives, values: combined ones once for each target, and
 *     what is shipped for a vertex' neighbours in another task once
 * @param bytes of these messages as they left, framing included
 * @param combined messages that were combined into others before they left; null where nothing is combined
 * @param spilledBytes of incoming messages that did not fit into memory
 * @param activeVertices of a graph job; null otherwise
 * @param slowestTask index of the task that computed longest
 * @param skew how long that task computed against the mean of all tasks: 1 where all compute equally long; null where the time
 *     was too short to be measured
 */
public record SuperstepStatus(
        long superstep,
        long generation,
        Instant startedAt,
        double computeMs,
        double barrierMs,
        long messages,
        long bytes,
        Long combined,
        long spilledBytes,
        Long activeVertices,
        int slowestTask,
        Double skew) {
    /**
     * How people are shown the number of a superstep.
     *
     * @param superstep or null
     * @return {@code 12}, {@code -1 (dealing)} for one in which records are dealt out by key, or null
     */
    public static String label(Long superstep) {
        return superstep == null || superstep >= 0 ? Objects.toString(superstep, null) : superstep + " (dealing)";
    }
}
