package io.valiant.simulator;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a seed went.
 *
 * @param violation null where every invariant held
 * @param events how many things happened
 * @param simulatedNs virtual time it took
 * @param traceHash the same whenever the seed is run, in any JVM
 * @param lines the last lines of the trace, if they were kept
 * @param faults what went wrong by the simulator's doing, in order, if it was listed
 * @param counts how often what happened, by name: {@code jobs}, {@code succeeded}, {@code faults}, …
 */
public record Outcome(
        long seed,
        Violation violation,
        long events,
        long simulatedNs,
        long traceHash,
        List<String> lines,
        List<Fault> faults,
        SortedMap<String, Long> counts) {
    public Outcome {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /**
     * Something that the simulator let go wrong.
     *
     * @param kind such as {@code KILL_CHILD}
     * @param number of its kind, from 1
     * @param atNs virtual time
     * @param victim what it befell
     */
    public record Fault(String kind, int number, long atNs, String victim) {
        /** Names it among the faults of its seed. */
        public String key() {
            return key(kind, number);
        }

        /** The same of one that may not have happened. Public: a planted bug's classes share this one only. */
        public static String key(String kind, int number) {
            return kind + "#" + number;
        }

        /** One line: when, what, to whom. */
        public String describe() {
            return String.format(Locale.ROOT, "%12.6f s %s %s", atNs / 1e9, kind, victim);
        }
    }

    /** One line on what was violated, with the seed and the virtual time. */
    public String describe() {
        return violation == null
                ? "seed " + seed + " holds"
                : String.format(
                        Locale.ROOT,
                        "seed %d: %s violated at %.6f s: %s",
                        seed,
                        violation.invariant(),
                        simulatedNs / 1e9,
                        violation.getMessage());
    }
}
