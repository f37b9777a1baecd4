package io.valiant.master.job;

import io.valiant.id.GroomId;
import io.valiant.master.schedule.GroomPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Between which grooms a job has lost links, and in which of its generations: both ends tell of one loss. Once may be chance;
 * a pair of grooms that lost links twice is not used together in this job any more. Soft: a new leadership counts anew, which
 * costs two more roll-backs at worst.
 */
final class LostLinks {
    private static final int TOO_OFTEN = 2;

    private final TreeMap<GroomPair, TreeSet<Long>> generations = new TreeMap<>();

    /** A link between tasks on these grooms was lost in that generation. */
    void lost(GroomId one, GroomId other, long generation) {
        if (!one.equals(other)) {
            generations
                    .computeIfAbsent(GroomPair.of(one, other), pair -> new TreeSet<>())
                    .add(generation);
        }
    }

    /** The pairs that are not to be used together, in order. */
    List<GroomPair> tooOften() {
        List<GroomPair> pairs = new ArrayList<>();
        for (Map.Entry<GroomPair, TreeSet<Long>> entry : generations.entrySet()) {
            if (entry.getValue().size() >= TOO_OFTEN) {
                pairs.add(entry.getKey());
            }
        }
        return pairs;
    }
}
