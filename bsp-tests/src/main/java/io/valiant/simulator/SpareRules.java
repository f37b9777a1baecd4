package io.valiant.simulator;

import io.valiant.protocol.TaskAssignment;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** I9 for one groom process: a spare serves one attempt, whose job wants no more than spares have, and there are not too many. */
final class SpareRules {
    private static final String I9 = "I9";

    private final Plan plan;
    private final TreeSet<Long> started = new TreeSet<>();

    /** Those that wait, and those whose end was not told yet. */
    private final TreeSet<Long> there = new TreeSet<>();

    private final TreeSet<Long> ready = new TreeSet<>();

    SpareRules(Plan plan) {
        this.plan = plan;
    }

    void starts(long number) {
        if (!started.add(number)) {
            throw new Violation(I9, "spare " + number + " is started a second time");
        }
        there.add(number);
        if (there.size() > plan.nodes().spares()) {
            throw new Violation(
                    I9,
                    "spare " + number + " is started, which makes " + there.size() + " for "
                            + plan.nodes().spares());
        }
    }

    void ready(long number) {
        ready.add(number);
    }

    void gone(long number) {
        there.remove(number);
    }

    /** It is to serve that attempt; whether it lives is another matter. */
    void serves(long number, TaskAssignment assignment, boolean endAsked) {
        String wrong = !ready.contains(number)
                ? "is not ready"
                : endAsked ? "was told to end" : there.remove(number) ? null : "served before, or is known to be gone";
        if (wrong == null && !assignment.spec().javaOptions().isEmpty()) {
            wrong = "has not the options " + assignment.spec().javaOptions();
        }
        if (wrong != null) {
            throw new Violation(I9, "spare " + number + " is to serve " + assignment.attempt() + " and " + wrong);
        }
    }

    /** The groom has found its disk bad and done what it does about it. */
    void endOnBadDisk(Collection<SimSpare> waiting) {
        for (SimSpare spare : waiting) {
            if (!spare.isEndAsked()) {
                throw new Violation(I9, spare + " is kept on a disk that is bad");
            }
        }
    }

    /** What is wrong with the spares on a host when all is over, or null. */
    static String whatIsLeft(SimHost host, SimGroom groom, int most) {
        int waiting = 0;
        for (SimProcess process : host.processes()) {
            if (process instanceof SimSpare spare && spare.groom() != groom) {
                return spare + " has outlived its groom";
            }
            waiting += process instanceof SimSpare ? 1 : 0;
        }
        List<Long> told = groom.core().snapshot().children().stream()
                .filter(child -> child.isSpare() && child.pid() != 0)
                .map(child -> child.pid())
                .toList();
        return waiting > most || told.size() != waiting
                ? host + " has " + waiting + " spares that wait, of " + most + "; its groom says " + told
                : null;
    }
}
