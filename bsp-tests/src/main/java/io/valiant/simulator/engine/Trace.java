package io.valiant.simulator.engine;

import java.util.ArrayDeque;
import java.util.List;

/**
 * What happened, as a running hash: two runs that did the same have the same hash. On request also the last lines as text,
 * for people.
 */
public final class Trace {
    private static final int MAX_TEXT = 400;

    private final int keep;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long hash = 0x56616C69616E74L;
    private long count;

    /** @param keep how many lines of text to keep; 0 for none, which is fast */
    public Trace(int keep) {
        this.keep = keep;
    }

    /** Whether it is worth to make text. */
    public boolean isTelling() {
        return keep > 0;
    }

    /** Something happened. */
    public void mix(long value) {
        hash = SimRandom.mix(hash ^ value) + count++;
    }

    /** Something with a name happened. */
    public void mix(String what) {
        mix(what.hashCode());
    }

    /** A line of text; no part of the hash. Make it only if {@link #isTelling()}. */
    public void tell(long nowNs, String text) {
        if (lines.size() == keep) {
            lines.removeFirst();
        }
        String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
        lines.addLast(String.format(java.util.Locale.ROOT, "%12.6f %s", nowNs / 1e9, cut));
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public long hash() {
        return hash;
    }
}
