package io.valiant.simulator;

import java.util.List;

/**
 * How a seed went.
 *
 * @param violation null where every invariant held
 * @param events how many things happened
 * @param simulatedNs virtual time it took
 * @param traceHash the same whenever the seed is run, in any JVM
 * @param lines the last lines of the trace, if they were kept
 * @param succeeded how many of its jobs succeeded
 * @param jobs how many jobs it had
 */
public record Outcome(
        long seed,
        Violation violation,
        long events,
        long simulatedNs,
        long traceHash,
        List<String> lines,
        int succeeded,
        int jobs) {
    public Outcome {
        lines = List.copyOf(lines);
    }

    /** One line on what was violated, with the seed and the virtual time. */
    public String describe() {
        return violation == null
                ? "seed " + seed + " holds"
                : String.format(
                        java.util.Locale.ROOT,
                        "seed %d: %s violated at %.6f s: %s",
                        seed,
                        violation.invariant(),
                        simulatedNs / 1e9,
                        violation.getMessage());
    }
}
