package io.valiant.simulator.engine;

import java.util.PriorityQueue;

/** Virtual time and what is to happen in it: by time, then in the order of asking. */
public final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private final Trace trace;
    private long nowNs;
    private long asked;
    private long done;

    public Agenda(Trace trace) {
        this.trace = trace;
    }

    /** Virtual time since the world began. */
    public long nowNs() {
        return nowNs;
    }

    /** How many things have happened. */
    public long done() {
        return done;
    }

    /** Lets something happen after that time; {@code what} goes into the trace. */
    public void after(long delayNs, String what, Runnable action) {
        entries.add(new Entry(nowNs + Math.max(0, delayNs), asked++, what, action));
    }

    /** Lets the next thing happen; false if nothing is left to do. */
    public boolean step() {
        Entry next = entries.poll();
        if (next == null) {
            return false;
        }
        nowNs = next.atNs;
        done++;
        trace.mix(next.atNs);
        trace.mix(next.what);
        next.action.run();
        return true;
    }

    private record Entry(long atNs, long number, String what, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
