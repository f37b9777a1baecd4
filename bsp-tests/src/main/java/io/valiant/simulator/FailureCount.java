package io.valiant.simulator;

import io.valiant.bsp.CauseType;
import io.valiant.bsp.GroomState;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterRecord;
import io.valiant.simulator.Books.Change;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** I12: who has failed several jobs that fail nowhere else is blacklisted, but for the last. Counts apart from the core. */
final class FailureCount {
    private static final String I12 = "I12";

    private final MasterConfig.Blacklist rule;
    private final TreeMap<GroomId, ArrayDeque<Failure>> failures = new TreeMap<>();

    /** Until when grooms are blacklisted that show only that they are drained. */
    private final TreeMap<GroomId, Long> hiddenUntilNs = new TreeMap<>();

    private record Failure(JobId job, long atNs) {}

    FailureCount(MasterConfig.Blacklist rule) {
        this.rule = rule;
    }

    /** Whether somebody has failed in that step, so that it is to be judged. */
    boolean concerns(List<Change> changes) {
        for (Change change : changes) {
            if (change.after() instanceof MasterRecord.Groom || isFailure(change)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFailure(Change change) {
        return change.after() instanceof MasterRecord.Attempt after
                && after.state().isEnded()
                && after.charged()
                && after.cause().type() != CauseType.PREEMPTED
                && !(change.before() instanceof MasterRecord.Attempt before
                        && before.state().isEnded());
    }

    /**
     * Judges a step.
     *
     * @param usable the grooms that may get tasks after it
     */
    void judge(List<Change> changes, Books books, TreeSet<GroomId> usable, long nowNs) {
        TreeSet<GroomId> listed = new TreeSet<>();
        for (Change change : changes) {
            if (change.after() instanceof MasterRecord.Groom after
                    && change.before() instanceof MasterRecord.Groom before
                    && after.state() == GroomState.BLACKLISTED
                    && before.state() != GroomState.BLACKLISTED) {
                listed.add(after.id());
                if (usable.isEmpty()) {
                    throw new Violation(I12, "groom " + after.id() + " is blacklisted and there is no other");
                }
            }
            if (change.after() instanceof MasterRecord.Groom after && isAnew(after, change.before())) {
                failures.remove(after.id());
            }
            if (change.after() instanceof MasterRecord.Groom after && after.state() != GroomState.DRAINING) {
                hiddenUntilNs.remove(after.id());
            }
        }
        TreeSet<GroomId> failed = new TreeSet<>();
        for (Change change : changes) {
            if (isFailure(change)) {
                count((MasterRecord.Attempt) change.after(), listed, books, nowNs, failed);
            }
        }
        for (GroomId groom : failed) {
            judge(books.groom(groom), listed.contains(groom), usable, nowNs);
        }
        failures.keySet().removeAll(listed);
    }

    private static boolean isAnew(MasterRecord.Groom after, MasterRecord before) {
        return after.state() == GroomState.LOST
                || !(before instanceof MasterRecord.Groom earlier)
                || earlier.incarnation() != after.incarnation();
    }

    private void count(
            MasterRecord.Attempt attempt, TreeSet<GroomId> listed, Books books, long nowNs, TreeSet<GroomId> failed) {
        MasterRecord.Groom groom = books.groom(attempt.groom());
        boolean counts = groom.incarnation() == attempt.incarnation()
                && groom.state() != GroomState.LOST
                && (groom.state() != GroomState.BLACKLISTED || listed.contains(groom.id()))
                && nowNs >= hiddenUntilNs.getOrDefault(groom.id(), nowNs);
        if (!counts) {
            return;
        }
        failures.computeIfAbsent(groom.id(), key -> new ArrayDeque<>())
                .add(new Failure(attempt.id().job(), nowNs));
        failures.values().forEach(recent -> recent.removeIf(failure -> nowNs - failure.atNs() > rule.periodNs()));
        failed.add(groom.id());
    }

    private void judge(MasterRecord.Groom row, boolean isListed, TreeSet<GroomId> usable, long nowNs) {
        GroomId groom = row.id();
        TreeSet<JobId> wanderers = new TreeSet<>();
        failures.forEach((other, theirs) -> {
            if (!other.equals(groom)) {
                theirs.forEach(failure -> wanderers.add(failure.job()));
            }
        });
        List<Failure> recent = failures.get(groom).stream()
                .filter(failure -> !wanderers.contains(failure.job()))
                .toList();
        TreeSet<JobId> jobs = new TreeSet<>();
        recent.forEach(failure -> jobs.add(failure.job()));
        TreeSet<GroomId> others = new TreeSet<>(usable);
        others.remove(groom);
        boolean due = recent.size() >= rule.failures() && jobs.size() > 1 && !others.isEmpty();
        if (due && row.state() == GroomState.DRAINING) {
            hiddenUntilNs.put(groom, nowNs + rule.periodNs());
            failures.remove(groom);
        } else if (due != isListed) {
            throw new Violation(
                    I12,
                    "groom " + groom + " is " + (isListed ? "" : "not ") + "blacklisted after " + recent.size()
                            + " failures of " + jobs.size() + " jobs, others are " + others);
        }
    }
}
