package io.valiant.client;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.JobWatch;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.time.Clock;
import io.valiant.time.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks for the jobs again and again and tells what differs. Pages from the first on whose jobs have all ended are not asked for
 * again: nothing changes there any more. However often it is called, and whatever changes, there is a pause between two rounds.
 * Used by one thread at a time.
 */
final class PollingWatch implements JobWatch {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Nobody waits longer; in nanoseconds, more would overflow. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    private final ClientProtocol calls;
    private final Clock clock;
    private final Pauses pauses;

    /** What was told of the jobs that are still asked for, by id. */
    private SortedMap<String, Told> told = new TreeMap<>();

    /** The first page that is still asked for. */
    private JobQuery first = JobQuery.of(null, null);

    /** Whether there was a round, and when the last one ended. */
    private boolean asked;

    private long askedNs;

    PollingWatch(ClientProtocol calls, Clock clock, Pauses pauses) {
        this.calls = calls;
        this.clock = clock;
        this.pauses = pauses;
    }

    /** What makes a change. */
    private record Told(
            JobState state,
            String phase,
            String reason,
            Long superstep,
            long generation,
            JobStatus.Checkpoint checkpoint) {
        static Told of(JobStatus job) {
            return new Told(
                    job.state(), job.phase(), job.reason(), job.superstep(), job.generation(), job.checkpoint());
        }
    }

    @Override
    public List<JobStatus> next(Duration atMost) throws BspException {
        long waitNs = (atMost.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atMost).toNanos();
        long beganNs = clock.nanoTime();
        while (true) {
            long nowNs = clock.nanoTime();
            long leftNs = waitNs - (nowNs - beganNs);
            long earlyNs = asked ? PERIOD.toNanos() - (nowNs - askedNs) : 0;
            if (earlyNs <= 0) {
                List<JobStatus> changed = ask();
                if (!changed.isEmpty()) {
                    return changed;
                }
            } else if (leftNs <= 0) {
                return List.of();
            } else {
                pause(Math.min(leftNs, earlyNs));
            }
        }
    }

    /** One that fails counts too: who calls again at once does not ask again at once. */
    private List<JobStatus> ask() throws BspException {
        try {
            return changed();
        } finally {
            asked = true;
            askedNs = clock.nanoTime();
        }
    }

    private void pause(long ns) throws BspException {
        try {
            pauses.pause(ns);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BspException(BspException.Kind.RETRIABLE, "interrupted while watching jobs", e);
        }
    }

    /** Nothing is taken note of before all pages are there: a call that fails has missed nothing. */
    private List<JobStatus> changed() throws BspException {
        List<JobStatus> changed = new ArrayList<>();
        SortedMap<String, Told> now = new TreeMap<>();
        JobQuery from = first;
        boolean allEnded = true;
        for (JobQuery query = first; query != null; ) {
            JobPage page = ClusterClient.answer(calls.jobs(query));
            SortedMap<String, Told> ofPage = new TreeMap<>();
            for (JobStatus job : page.jobs()) {
                Told is = Told.of(job);
                if (!is.equals(told.get(job.id()))) {
                    changed.add(job);
                }
                ofPage.put(job.id(), is);
                allEnded &= job.state().isEnded();
            }
            query = page.next() == null ? null : query.after(page.next());
            if (allEnded && query != null) {
                from = query;
            } else {
                now.putAll(ofPage);
            }
        }
        first = from;
        told = now;
        return changed;
    }
}
