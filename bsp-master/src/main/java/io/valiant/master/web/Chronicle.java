package io.valiant.master.web;

import io.valiant.master.core.Observation;
import io.valiant.protocol.ClusterEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

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
    synchronized List<ClusterEvent> newest(int most, String job) {
        List<ClusterEvent> chosen = new ArrayList<>();
        for (ClusterEvent event : events) {
            if (job == null || job.equals(event.job())) {
                chosen.add(event);
            }
        }
        return List.copyOf(chosen.subList(Math.max(0, chosen.size() - most), chosen.size()));
    }
}
