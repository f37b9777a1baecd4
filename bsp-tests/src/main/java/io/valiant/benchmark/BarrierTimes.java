package io.valiant.benchmark;

import io.valiant.exchange.BarrierGate;
import io.valiant.time.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * A gate that is always open and takes the time of the program: for each superstep its work, on the clock and of the
 * processor, and its wait at the barrier.
 */
final class BarrierTimes implements BarrierGate {
    private final Clock clock;
    private final List<String> names = new ArrayList<>();
    /** Nanoseconds of each. Text is made of them in the end, since that would take longer than a superstep. */
    private long[] spansNs = new long[64];

    private int count;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long sinceNs;
    /** Time of the processor that the program's thread had taken by its last arrival. */
    private long usedNs;

    BarrierTimes(Clock clock) {
        this.clock = clock;
    }

    /** The first superstep begins; the program's thread calls it. */
    synchronized void begin() {
        sinceNs = clock.nanoTime();
        usedNs = threads.getCurrentThreadCpuTime();
    }

    /** Ends a span of that name; the next begins. */
    synchronized void span(String name) {
        long now = clock.nanoTime();
        add(name, now - sinceNs);
        sinceNs = now;
    }

    private void add(String name, long ns) {
        if (count == spansNs.length) {
            spansNs = Arrays.copyOf(spansNs, 2 * count);
        }
        names.add(name);
        spansNs[count++] = ns;
    }

    /** The spans so far, of milliseconds, as the inside of an object of JSON. */
    synchronized String spans() {
        StringJoiner json = new StringJoiner(",");
        for (int i = 0; i < count; i++) {
            json.add(String.format(Locale.ROOT, "\"%s\":%.2f", names.get(i), spansNs[i] / 1e6));
        }
        return json.toString();
    }

    @Override
    public boolean poll(long nowNs) {
        return true;
    }

    @Override
    public void arrived(long superstep) {
        // the program's thread
        long used = threads.getCurrentThreadCpuTime();
        span("work" + superstep);
        synchronized (this) {
            add("cpu" + superstep, used - usedNs);
        }
        usedNs = used;
    }

    @Override
    public void opened(long superstep) {
        span("wait" + superstep);
    }

    @Override
    public void linkLost(int peer, long superstep, String detail) {
        System.err.println("link to " + peer + " lost in superstep " + superstep + ": " + detail);
    }
}
