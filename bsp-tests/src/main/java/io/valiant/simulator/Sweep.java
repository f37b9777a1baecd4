package io.valiant.simulator;

import io.valiant.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Runs many seeds, a thread for each processor, each world in one thread. */
public final class Sweep {
    private static final int MOST_VIOLATIONS = 20;

    private final SeedRunner runner;
    private final long first;
    private final long seeds;
    private final long budgetNs;
    private final Clock clock;
    private final AtomicLong next = new AtomicLong();
    private int mostViolations = MOST_VIOLATIONS;

    // guarded by this
    private final List<Outcome> violations = new ArrayList<>();
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private long done;
    private long events;
    private long simulatedNs;
    private Throwable broken;

    /**
     * @param seeds how many, from {@code first}
     * @param budget no seed is started after it is over
     */
    public Sweep(long first, long seeds, Duration budget, Clock clock) {
        this(Simulation::run, first, seeds, budget, clock);
    }

    /** The same with another way to run a seed. */
    Sweep(SeedRunner runner, long first, long seeds, Duration budget, Clock clock) {
        this.runner = runner;
        this.first = first;
        this.seeds = seeds;
        this.budgetNs = budget.toNanos();
        this.clock = clock;
    }

    /** Starts no seed any more after so many violations; twenty where nobody says otherwise. */
    Sweep stopAfter(int violationsWanted) {
        mostViolations = violationsWanted;
        return this;
    }

    /**
     * What the seeds came to.
     *
     * @param violations by seed; not many more than were wanted
     * @param counts how often what happened in all of them, by name
     */
    public record Result(
            long seeds,
            List<Outcome> violations,
            long events,
            long simulatedNs,
            SortedMap<String, Long> counts,
            long wallNs) {
        public Result {
            violations = List.copyOf(violations);
            counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        }

        /** One of the counts, 0 where nothing of the kind happened. */
        public long count(String what) {
            return counts.getOrDefault(what, 0L);
        }

        /** How many things happened in a second of real time. */
        public long eventsPerSecond() {
            return (long) (events * 1e9 / Math.max(1, wallNs));
        }

        /** How many faults a seed had, on average. */
        public double faultsPerSeed() {
            return (double) count("faults") / Math.max(1, seeds);
        }
    }

    /** Runs them; call once. */
    public Result run() {
        long startNs = clock.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(() -> work(startNs), "simulate-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            join(thread);
        }
        synchronized (this) {
            if (broken != null) {
                throw new IllegalStateException("the simulator itself failed", broken);
            }
            violations.sort(Comparator.comparingLong(Outcome::seed));
            return new Result(done, violations, events, simulatedNs, counts, clock.nanoTime() - startNs);
        }
    }

    private void work(long startNs) {
        for (long n = next.getAndIncrement(); n < seeds; n = next.getAndIncrement()) {
            if (clock.nanoTime() - startNs > budgetNs) {
                return;
            }
            try {
                add(runner.run(first + n, 0, null));
            } catch (RuntimeException | Error e) {
                fail(new IllegalStateException("seed " + (first + n), e));
                return;
            }
        }
    }

    private synchronized void fail(Throwable cause) {
        broken = cause;
        next.set(seeds);
    }

    private synchronized void add(Outcome outcome) {
        done++;
        events += outcome.events();
        simulatedNs += outcome.simulatedNs();
        outcome.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
        if (outcome.violation() != null) {
            violations.add(outcome);
            if (violations.size() >= mostViolations) {
                next.set(seeds);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while simulating", e);
        }
    }
}
