package io.valiant.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** How often something took how long, in seconds. Safe in any thread; recording takes no lock. */
public final class Histogram {
    /** Upper bounds of the buckets, in seconds; one more has no bound. */
    private static final double[] BOUNDS = {
        0.00001, 0.0001, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };

    private static final double NANOS = 1e9;

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
    private final DoubleAdder sum = new DoubleAdder();

    /** It took so many nanoseconds. */
    public void recordNs(long ns) {
        record(ns / NANOS);
    }

    /** It took so many seconds. */
    public void record(double seconds) {
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        sum.add(seconds);
    }

    static int buckets() {
        return BOUNDS.length + 1;
    }

    /** Of that bucket, as Prometheus writes it. */
    static String bound(int bucket) {
        return bucket == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[bucket]);
    }

    long count(int bucket) {
        return counts.get(bucket);
    }

    double sum() {
        return sum.sum();
    }
}
