package io.valiant.master.web;

import io.valiant.master.core.Observation;
import io.valiant.protocol.ClusterEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/** The newest events of the cluster, since this process began. Safe in any thread. */
public final class Chronicle {
    /** So many are kept. */
    static final int MOST = 500;

    // guarded by this
    private final ArrayDeque<ClusterEvent> events = new ArrayDeque<>();
    private long last;

    /** Something happened. */
    public synchronized void add(Observation.Happened event) {
        if (events.size() == MOST) {
            events.removeFirst();
        }
        last++;
        events.add(new ClusterEvent(last, event.at(), event.kind(), event.job(), event.groom(), event.message()));
    }

    /**
     * The newest events, oldest first.
     *
     * @param most so many
     * @param job only of that job, or null
     */
    List<ClusterEvent> newest(int most, String job) {
        return newest(most, event -> job == null || job.equals(event.job()));
    }

    /** The newest events of a groom, oldest first. */
    List<ClusterEvent> newestOfGroom(int most, String groom) {
        return newest(most, event -> groom.equals(event.groom()));
    }

    private synchronized List<ClusterEvent> newest(int most, Predicate<ClusterEvent> wanted) {
        List<ClusterEvent> chosen = events.stream().filter(wanted).toList();
        return chosen.subList(Math.max(0, chosen.size() - most), chosen.size());
    }
}
