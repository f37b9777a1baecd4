package io.valiant.examples.bench;

import io.valiant.bsp.Peer;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;

/** What a program of this package measures: a counter of its own, in picoseconds. */
public enum Figure {
    /** An empty superstep. */
    EMPTY_SUPERSTEP,
    /** A 16-byte message sent alone. */
    MESSAGE,
    /** 16 bytes sent in a long array. */
    BULK;

    /** The group of counters. */
    public static final String GROUP = "bench";

    private static final String SAMPLES = "samples";
    private static final double PS_PER_NS = 1000;

    private String counter() {
        return name().toLowerCase(Locale.ROOT) + "_ps";
    }

    /** Tells, in task 0, the median of some times divided by how many of these things each was. */
    void tell(Peer<?> peer, long[] timesNs, long things) {
        if (peer.index() == 0) {
            Arrays.sort(timesNs);
            double median = (timesNs[(timesNs.length - 1) / 2] + timesNs[timesNs.length / 2]) / 2.0;
            peer.counter(GROUP, counter()).add(Math.round(median * PS_PER_NS / things));
        }
    }

    /** Tells, in task 0, how many samples there were of each figure. */
    static void tellSamples(Peer<?> peer, int samples) {
        if (peer.index() == 0) {
            peer.counter(GROUP, SAMPLES).add(samples);
        }
    }

    /** The figure in nanoseconds by a job's counters of the group, or null if it was not measured. */
    public Double ns(SortedMap<String, Long> counters) {
        Long ps = counters.get(counter());
        return ps == null ? null : ps / PS_PER_NS;
    }

    /** How many samples a figure is the median of, or null. */
    public static Long samples(SortedMap<String, Long> counters) {
        return counters.get(SAMPLES);
    }
}
