package io.valiant.master.groom;

import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterConfig;
import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Charged failures by groom, as long as they count. When there are enough, and of several jobs that fail nowhere else, the groom
 * may be at fault and not the programs. Soft: counted anew after a restart.
 */
final class Failures {
    private final MasterConfig.Blacklist rule;
    private final TreeMap<GroomId, ArrayDeque<Failure>> recent = new TreeMap<>();

    private record Failure(JobId job, long atNs) {}

    Failures(MasterConfig.Blacklist rule) {
        this.rule = rule;
    }

    /** Adds one; whether the groom is to be blacklisted now. */
    boolean add(GroomId groom, JobId job, long nowNs) {
        for (ArrayDeque<Failure> failures : recent.values()) {
            while (!failures.isEmpty() && nowNs - failures.peek().atNs() > rule.periodNs()) {
                failures.poll();
            }
        }
        ArrayDeque<Failure> failures = recent.computeIfAbsent(groom, g -> new ArrayDeque<>());
        failures.add(new Failure(job, nowNs));
        return count(groom) >= rule.failures() && jobs(groom).size() > 1;
    }

    private long count(GroomId groom) {
        return recent.get(groom).stream()
                .filter(failure -> isOnlyOn(groom, failure.job()))
                .count();
    }

    /** A job that fails elsewhere too is at fault itself. */
    private boolean isOnlyOn(GroomId groom, JobId job) {
        return recent.entrySet().stream()
                .noneMatch(other -> !other.getKey().equals(groom)
                        && other.getValue().stream()
                                .anyMatch(failure -> failure.job().equals(job)));
    }

    private TreeSet<JobId> jobs(GroomId groom) {
        TreeSet<JobId> jobs = new TreeSet<>();
        for (Failure failure : recent.get(groom)) {
            if (isOnlyOn(groom, failure.job())) {
                jobs.add(failure.job());
            }
        }
        return jobs;
    }

    /** What they were, for people. */
    String text(GroomId groom) {
        TreeSet<JobId> jobs = jobs(groom);
        return count(groom) + " failures of " + jobs.size() + " jobs, the last of "
                + recent.get(groom).peekLast().job();
    }

    /** The groom has paid for them, or is another one now. */
    void forget(GroomId groom) {
        recent.remove(groom);
    }
}
