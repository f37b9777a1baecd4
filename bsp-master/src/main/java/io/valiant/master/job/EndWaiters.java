package io.valiant.master.job;

import io.valiant.concurrent.Core;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Callers that wait for the end of a job. */
final class EndWaiters {
    private final TreeMap<JobId, List<Waiter>> waiting = new TreeMap<>();

    private record Waiter(long call, long untilNs) {}

    void add(JobInProgress job, long call, long untilNs, Turn turn) {
        if (job.state().isEnded() || untilNs <= turn.nowNs()) {
            turn.reply(call, new MasterReply.Ended(job.id, job.state()));
        } else {
            waiting.computeIfAbsent(job.id, id -> new ArrayList<>()).add(new Waiter(call, untilNs));
        }
    }

    /** Answers all who wait for that job, which has ended. */
    void ended(JobInProgress job, Turn turn) {
        List<Waiter> waiters = waiting.remove(job.id);
        if (waiters != null) {
            for (Waiter waiter : waiters) {
                turn.reply(waiter.call(), new MasterReply.Ended(job.id, job.state()));
            }
        }
    }

    /** Answers those whose time is over. */
    void tick(JobBook book, Turn turn) {
        if (nextDeadlineNs() > turn.nowNs()) {
            return;
        }
        waiting.forEach((id, waiters) -> waiters.removeIf(waiter -> {
            boolean over = waiter.untilNs() <= turn.nowNs();
            if (over) {
                turn.reply(waiter.call(), new MasterReply.Ended(id, book.get(id).state()));
            }
            return over;
        }));
        waiting.values().removeIf(List::isEmpty);
    }

    long nextDeadlineNs() {
        long deadline = Core.NO_DEADLINE;
        for (List<Waiter> waiters : waiting.values()) {
            for (Waiter waiter : waiters) {
                deadline = Math.min(deadline, waiter.untilNs());
            }
        }
        return deadline;
    }
}
