package io.valiant.chaos.cluster;

import io.valiant.examples.LedgerFold;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code ledger} job that shall be run.
 *
 * @param stepMs least time of a superstep
 * @param options more options of the verb
 * @param outputs URI of the folder in which its output folder is made; null: beside the file of its lines
 */
public record LedgerPlan(int tasks, int supersteps, int stepMs, long seed, List<String> options, String outputs) {
    public LedgerPlan {
        options = List.copyOf(options);
    }

    /** Six tasks, 40 supersteps of a tenth of a second. */
    public static LedgerPlan usual() {
        return new LedgerPlan(6, 40, 100, 5, List.of(), null);
    }

    /** The same with so many supersteps of so many milliseconds. */
    public LedgerPlan steps(int count, int ms) {
        return new LedgerPlan(tasks, count, ms, seed, options, outputs);
    }

    /** The same with so many tasks. */
    public LedgerPlan tasks(int count) {
        return new LedgerPlan(count, supersteps, stepMs, seed, options, outputs);
    }

    /** The same with its output under another folder. */
    public LedgerPlan outputs(String folder) {
        return new LedgerPlan(tasks, supersteps, stepMs, seed, options, folder);
    }

    /** The same with more options. */
    public LedgerPlan with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new LedgerPlan(tasks, supersteps, stepMs, seed, all, outputs);
    }

    /** The hash that the job must have, whatever happens to it. */
    public String hash() {
        return LedgerFold.text(LedgerFold.reference(seed, tasks, supersteps));
    }
}
