package io.valiant.graph.engine;

import io.valiant.bsp.Aggregate;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.step.Aggregates;
import java.util.Arrays;

/**
 * A task's aggregators as one thread of its {@link Crew} sees them: it gives values by pieces, which are folded in the order of
 * pieces, so that a sum does not depend on the number of threads. Used by one thread at a time.
 */
final class AggregatorView {
    /** Pieces in which nothing was given. */
    static final Given[] NOTHING = {};

    private final Aggregates aggregates;
    private Entry[] entries = {};

    /** The entry that was named last: programs mostly name the same again. */
    private Entry last;

    private int givenCount;
    private long superstep;

    /** {@code aggregates} are asked by all views, one at a time, and by nobody else while pieces are being done. */
    AggregatorView(Aggregates aggregates) {
        this.aggregates = aggregates;
    }

    /** What a piece gave to one aggregator; doubles as their bits. */
    record Given(Object key, long value) {
        void to(Aggregates aggregates) {
            if (key instanceof DoubleAggregator doubles) {
                aggregates.add(doubles, Double.longBitsToDouble(value));
            } else {
                aggregates.add((LongAggregator) key, value);
            }
        }
    }

    private static final class Entry {
        private Object key;
        private final Aggregate how;
        private boolean isGiven;
        private long given;

        /** What it had before the superstep in which it was last asked for. */
        private long before;

        private long asked = -1;

        private Entry(Object key, Aggregate how) {
            this.key = key;
            this.how = how;
        }
    }

    /** What was known of aggregators before is asked for anew. */
    void begin(long newSuperstep) {
        superstep = newSuperstep;
    }

    void add(DoubleAggregator key, double value) {
        Entry entry = giving(entry(key, key.how()));
        entry.given = Double.doubleToRawLongBits(entry.how.fold(Double.longBitsToDouble(entry.given), value));
    }

    void add(LongAggregator key, long value) {
        Entry entry = giving(entry(key, key.how()));
        entry.given = entry.how.fold(entry.given, value);
    }

    private Entry giving(Entry entry) {
        if (!entry.isGiven) {
            entry.isGiven = true;
            entry.given = entry.how.isLong()
                    ? entry.how.identityLong()
                    : Double.doubleToRawLongBits(entry.how.identityDouble());
            givenCount++;
        }
        return entry;
    }

    double before(DoubleAggregator key) {
        Entry entry = entry(key, key.how());
        if (entry.asked != superstep) {
            synchronized (aggregates) {
                entry.before = Double.doubleToRawLongBits(aggregates.get(key));
            }
            entry.asked = superstep;
        }
        return Double.longBitsToDouble(entry.before);
    }

    long before(LongAggregator key) {
        Entry entry = entry(key, key.how());
        if (entry.asked != superstep) {
            synchronized (aggregates) {
                entry.before = aggregates.get(key);
            }
            entry.asked = superstep;
        }
        return entry.before;
    }

    /** Ends a piece: what was given in it, in the order in which aggregators were first named. */
    Given[] take() {
        if (givenCount == 0) {
            return NOTHING;
        }
        Given[] taken = new Given[givenCount];
        int at = 0;
        for (Entry entry : entries) {
            if (entry.isGiven) {
                taken[at++] = new Given(entry.key, entry.given);
                entry.isGiven = false;
            }
        }
        givenCount = 0;
        return taken;
    }

    private Entry entry(Object key, Aggregate how) {
        if (last != null && last.key == key) {
            return last;
        }
        for (Entry entry : entries) {
            if (entry.key == key) {
                last = entry;
                return entry;
            }
        }
        for (Entry entry : entries) {
            // a program may make it anew each time
            if (entry.key.equals(key)) {
                entry.key = key;
                last = entry;
                return entry;
            }
        }
        Entry entry = new Entry(key, how);
        entries = Arrays.copyOf(entries, entries.length + 1);
        entries[entries.length - 1] = entry;
        last = entry;
        return entry;
    }
}
