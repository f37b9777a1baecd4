package io.valiant.simulator;

import io.valiant.simulator.Outcome.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Finds few faults that suffice for a violation: runs the seed again and again with some of them left out, first all of a
 * kind, then by halves, at last one by one, and keeps what still violates the same invariant.
 */
final class Shrinker {
    private final SeedRunner runner;
    private final long seed;
    private final String invariant;
    private final BooleanSupplier goesOn;

    /** @param goesOn asked before each run whether there is time for one */
    Shrinker(SeedRunner runner, Outcome bad, BooleanSupplier goesOn) {
        this.runner = runner;
        this.seed = bad.seed();
        this.invariant = bad.violation().invariant();
        this.goesOn = goesOn;
    }

    /** The fewest found; fewer still may do where the time did not suffice. */
    List<Fault> shrink(List<Fault> all) {
        List<Fault> few = withoutKinds(all);
        for (int part = (few.size() + 1) / 2; part >= 1; part = part == 1 ? 0 : (part + 1) / 2) {
            few = withoutParts(few, part);
        }
        return few;
    }

    private List<Fault> withoutKinds(List<Fault> all) {
        List<Fault> left = all;
        TreeSet<String> kinds = new TreeSet<>();
        all.forEach(fault -> kinds.add(fault.kind()));
        for (String kind : kinds) {
            List<Fault> fewer =
                    left.stream().filter(fault -> !fault.kind().equals(kind)).toList();
            left = suffices(fewer) ? fewer : left;
        }
        return left;
    }

    /** Leaves out so many in a row wherever that can be done. */
    private List<Fault> withoutParts(List<Fault> all, int part) {
        List<Fault> left = all;
        int from = 0;
        while (from < left.size()) {
            List<Fault> fewer = new ArrayList<>(left);
            fewer.subList(from, Math.min(from + part, left.size())).clear();
            if (suffices(fewer)) {
                left = fewer;
            } else {
                from += part;
            }
        }
        return left;
    }

    private boolean suffices(List<Fault> faults) {
        if (!goesOn.getAsBoolean()) {
            return false;
        }
        Set<String> only = new TreeSet<>();
        faults.forEach(fault -> only.add(fault.key()));
        Violation violation = runner.run(seed, 0, only).violation();
        return violation != null && violation.invariant().equals(invariant);
    }
}
