package io.valiant.simulator;

import io.valiant.id.AttemptId;
import io.valiant.master.core.MasterRecord;
import io.valiant.simulator.Books.Change;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * I3: who is charged has something wrong with it, and who is charged for computing too long did so. Knows what befell each
 * attempt's process and how long its program computed.
 */
final class Culprits {
    private static final String I3 = "I3";
    private static final long MS = 1_000_000;

    /** How a groom tells a child that computed too long. */
    private static final String TOO_LONG = "no progress in superstep ";

    /** Supersteps of an attempt that are remembered: a ping may be read late. */
    private static final int REMEMBERED = 8;

    private final World world;
    private final TreeSet<AttemptId> struck = new TreeSet<>();
    private final TreeSet<String> slowHosts = new TreeSet<>();
    private final TreeMap<AttemptId, ArrayDeque<Span>> computed = new TreeMap<>();

    /** A program computes in a superstep. */
    private static final class Span {
        private final long superstep;
        private final long sinceNs;
        private long untilNs = Long.MAX_VALUE;

        private Span(long superstep, long sinceNs) {
            this.superstep = superstep;
            this.sinceNs = sinceNs;
        }
    }

    Culprits(World world) {
        this.world = world;
    }

    // ---- what befalls processes

    /** Something happened to that process, if it is a child's, for which its attempt may be charged. */
    void strikes(SimProcess process) {
        if (process instanceof SimChild child) {
            strikes(child.attempt());
        }
    }

    void strikes(AttemptId attempt) {
        struck.add(attempt);
    }

    /** All takes longer there, also what has a time-out. */
    void slows(SimHost host) {
        slowHosts.add(host.toString());
    }

    void computes(SimChild child, long superstep) {
        ArrayDeque<Span> spans = computed.computeIfAbsent(child.attempt(), key -> new ArrayDeque<>());
        if (spans.size() == REMEMBERED) {
            spans.removeFirst();
        }
        spans.addLast(new Span(superstep, world.agenda().nowNs()));
    }

    void computed(SimChild child) {
        computed.get(child.attempt()).getLast().untilNs = world.agenda().nowNs();
    }

    // ---- what is made of it

    void judge(List<Change> changes) {
        for (Change change : changes) {
            if (change.after() instanceof MasterRecord.Attempt attempt
                    && attempt.charged()
                    && attempt.state().isEnded()
                    && !(change.before() instanceof MasterRecord.Attempt before
                            && before.state().isEnded())) {
                charged(attempt);
            }
        }
    }

    private void charged(MasterRecord.Attempt attempt) {
        String text = attempt.cause().message();
        if (text.startsWith(TOO_LONG)) {
            world.oracle().count("progress_timeouts");
            hasComputed(
                    attempt, Long.parseLong(text.substring(TOO_LONG.length()).split(" ")[0]));
        } else if (!struck.contains(attempt.id())
                && !slowHosts.contains(attempt.groom().value())) {
            throw new Violation(I3, attempt.id() + " is charged and nothing was wrong with it: " + attempt.cause());
        }
    }

    /** A groom that is late by less than a heartbeat does not notice it, and its clock may be wrong. */
    private void hasComputed(MasterRecord.Attempt attempt, long superstep) {
        long allowedNs = world.plan().nodes().progressNs();
        long leastNs =
                allowedNs - allowedNs / 25 - world.plan().times().intervals().heartbeatNs() - 50 * MS;
        long longestNs = 0;
        ArrayDeque<Span> spans = computed.getOrDefault(attempt.id(), new ArrayDeque<>());
        for (Iterator<Span> each = spans.descendingIterator(); each.hasNext(); ) {
            Span span = each.next();
            if (span.superstep == superstep) {
                longestNs = Math.max(
                        longestNs, Math.min(span.untilNs, world.agenda().nowNs()) - span.sinceNs);
            }
        }
        if (allowedNs == 0 || longestNs < leastNs) {
            throw new Violation(
                    I3,
                    attempt.id() + " is charged for computing too long, it has computed " + longestNs / MS + " ms of "
                            + allowedNs / MS + ": " + attempt.cause());
        }
    }
}
