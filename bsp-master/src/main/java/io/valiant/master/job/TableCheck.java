package io.valiant.master.job;

import io.valiant.concurrent.Core;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.master.core.Turn;
import io.valiant.master.groom.GroomManager;
import io.valiant.protocol.AttemptSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Compares grooms' tables with the books. What a table has and nobody expects is killed; what it lacks is believed gone only
 * after a grace, since the report of its exit, which tells more, may be under way.
 */
final class TableCheck {
    private final JobBook book;
    private final GroomManager grooms;
    private final long graceNs;
    private final TreeMap<AttemptId, AttemptInProgress> absent = new TreeMap<>();

    TableCheck(JobBook book, GroomManager grooms, long graceNs) {
        this.book = book;
        this.grooms = grooms;
        this.graceNs = graceNs;
    }

    /** Takes what the table has; jobs it tells something of are handed to {@code touch}. */
    void present(
            GroomId groom, long incarnation, List<AttemptSummary> table, Turn turn, Consumer<JobInProgress> touch) {
        TreeSet<AttemptId> strangers = new TreeSet<>();
        for (AttemptSummary line : table) {
            JobInProgress job = book.get(line.attempt().job());
            AttemptInProgress attempt = job == null
                    ? null
                    : job.attempt(line.attempt().task(), line.attempt().number());
            boolean ours = attempt != null && attempt.groom.equals(groom) && attempt.incarnation == incarnation;
            if (ours && !attempt.isGone()) {
                attempt.tableSays(line, turn.wall());
                absent.remove(attempt.id);
                touch.accept(job);
            } else if (!ours || !attempt.endReported) {
                strangers.add(line.attempt());
            }
        }
        grooms.strangers(groom, strangers);
    }

    /** Takes what the table of a heartbeat lacks. {@code applied}: the launches it covers. */
    void absent(GroomId groom, long incarnation, List<AttemptSummary> table, long applied, Turn turn) {
        TreeSet<AttemptId> listed = new TreeSet<>();
        for (AttemptSummary line : table) {
            listed.add(line.attempt());
        }
        for (AttemptId id : grooms.occupants(groom)) {
            JobInProgress job = book.get(id.job());
            AttemptInProgress attempt = job == null ? null : job.attempt(id.task(), id.number());
            boolean missing = attempt != null
                    && attempt.incarnation == incarnation
                    && attempt.launchNumber <= applied
                    && !listed.contains(id);
            if (missing && attempt.absentSinceNs == AttemptInProgress.PRESENT) {
                attempt.absentSinceNs = turn.nowNs();
                absent.put(id, attempt);
            }
        }
    }

    /** Attempts whose grace is over; each is given once. */
    List<AttemptInProgress> takeGone(long nowNs) {
        List<AttemptInProgress> gone = new ArrayList<>();
        absent.values().removeIf(attempt -> {
            boolean over = attempt.isGone() || attempt.absentSinceNs + graceNs <= nowNs;
            if (over && !attempt.isGone()) {
                gone.add(attempt);
            }
            return over;
        });
        return gone;
    }

    long nextDeadlineNs() {
        long deadline = Core.NO_DEADLINE;
        for (AttemptInProgress attempt : absent.values()) {
            deadline = Math.min(deadline, attempt.absentSinceNs + graceNs);
        }
        return deadline;
    }
}
