package io.valiant.protocol;

import java.util.List;
import java.util.SortedMap;

/**
 * What a task leaves when all peers have voted for the end and its parts are closed.
 *
 * @param parts closed output parts; empty for a job without output
 * @param counters by group and name
 * @param superstep the last superstep computed
 * @param facts named whole numbers for the master's books: {@code vertices}, {@code edges}, {@code load_ms} and such
 */
public record TaskResult(
        List<OutputPart> parts,
        SortedMap<String, SortedMap<String, Long>> counters,
        long superstep,
        SortedMap<String, Long> facts) {
    public TaskResult {
        parts = List.copyOf(parts);
        counters = Sorted.copy(counters);
        facts = Sorted.copy(facts);
    }
}
