package io.valiant.simulator;

import io.valiant.simulator.engine.Agenda;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The faults of one world: each is asked for here before it happens, so that it is counted, listed, or left out. */
final class Faults {
    private final Agenda agenda;
    private final Set<String> only;
    private final boolean listing;
    private final TreeMap<String, Integer> numbers = new TreeMap<>();
    private final List<Outcome.Fault> happened = new ArrayList<>();
    private long count;

    /** @param only keys of those that may happen; null for all */
    Faults(Agenda agenda, Set<String> only, boolean listing) {
        this.agenda = agenda;
        this.only = only;
        this.listing = listing;
    }

    /** Whether a fault that chance wants happens. */
    boolean happens(String kind, Object victim) {
        int number = numbers.merge(kind, 1, Integer::sum);
        if (only != null && !only.contains(Outcome.Fault.key(kind, number))) {
            return false;
        }
        count++;
        if (listing) {
            happened.add(new Outcome.Fault(kind, number, agenda.nowNs(), victim.toString()));
        }
        return true;
    }

    long count() {
        return count;
    }

    List<Outcome.Fault> happened() {
        return happened;
    }
}
