package io.valiant.simulator;

import java.util.Set;

/** Runs a seed, with the cores as they are or with a planted bug. Any thread. */
@FunctionalInterface
public interface SeedRunner {
    /**
     * Runs a seed.
     *
     * @param lines how many lines of trace to keep; 0 is fast, and lists no faults unless {@code only} is given
     * @param only keys of the faults that may happen; null for all
     */
    Outcome run(long seed, int lines, Set<String> only);
}
