package io.valiant.simulator;

import io.valiant.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Runs many seeds, a thread for each processor, each world in one thread. */
public final class Sweep {
    private static final int MOST_VIOLATIONS = 20;

    private final long first;
    private final long seeds;
    private final long budgetNs;
    private final Clock clock;
    private final AtomicLong next = new AtomicLong();

    // guarded by this
    private final List<Outcome> violations = new ArrayList<>();
    private long done;
    private long events;
    private long simulatedNs;
    private long succeeded;
    private long jobs;
    private Throwable broken;

    /**
     * @param seeds how many, from {@code first}
     * @param budget no seed is started after it is over
     */
    public Sweep(long first, long seeds, Duration budget, Clock clock) {
        this.first = first;
        this.seeds = seeds;
        this.budgetNs = budget.toNanos();
        this.clock = clock;
    }

    /** What the seeds came to; violations by seed, the first twenty at most. */
    public record Result(
            long seeds,
            List<Outcome> violations,
            long events,
            long simulatedNs,
            long succeeded,
            long jobs,
            long wallNs) {
        public Result {
            violations = List.copyOf(violations);
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
            return new Result(done, violations, events, simulatedNs, succeeded, jobs, clock.nanoTime() - startNs);
        }
    }

    private void work(long startNs) {
        for (long n = next.getAndIncrement(); n < seeds; n = next.getAndIncrement()) {
            if (clock.nanoTime() - startNs > budgetNs) {
                return;
            }
            try {
                add(Simulation.run(first + n, 0));
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
        succeeded += outcome.succeeded();
        jobs += outcome.jobs();
        if (outcome.violation() != null) {
            violations.add(outcome);
            if (violations.size() >= MOST_VIOLATIONS) {
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
