package io.valiant.concurrent;

import io.valiant.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a {@link Core} in a daemon: apply, store in groups, then act. One thread ({@code <name>-core}) owns the core; where
 * there is a store, a second ({@code <name>-store}) writes all that has gathered meanwhile in one transaction and lets the
 * effects happen in their order. Effects run in the store's thread (in the core's where there is no store) and must not
 * block: they hand work to others.
 *
 * <p>An exception of core, store or effect ends both threads and is told to the fault handler once: the daemon has to
 * load its state again or stop, since nobody knows what was stored.
 */
public final class CoreLoop<E, R, F> implements AutoCloseable {
    private static final int MAX_EVENTS_PER_BATCH = 512;

    private final String name;
    private final Core<E, R, F> core;
    private final Clock clock;
    private final RecordStore<R> store;
    private final Consumer<F> effects;
    private final Supplier<Runnable> publication;
    private final Consumer<Throwable> fault;
    private final LinkedBlockingQueue<E> events = new LinkedBlockingQueue<>();
    private final Thread coreThread;
    private final Thread storeThread;

    // guarded by batchLock
    private final ReentrantLock batchLock = new ReentrantLock();
    private final Condition batchReady = batchLock.newCondition();
    private final ArrayDeque<Step<R, F>> waiting = new ArrayDeque<>();

    private volatile LoopTimes times = LoopTimes.NONE;
    private volatile boolean closed;

    /**
     * @param name of the threads
     * @param store null for a core without records
     * @param effects carries out one effect, without blocking
     * @param published run in the core's thread after each batch of events, for snapshots
     * @param fault told once why the loop ended by itself
     */
    public CoreLoop(
            String name,
            Core<E, R, F> core,
            Clock clock,
            RecordStore<R> store,
            Consumer<F> effects,
            Runnable published,
            Consumer<Throwable> fault) {
        this(name, core, clock, store, effects, fault, () -> {
            published.run();
            return null;
        });
        Objects.requireNonNull(published);
    }

    /**
     * A loop whose snapshots are seen only once they are stored.
     *
     * @param publication asked in the core's thread after each batch of events; what it returns is run when that batch is
     *     stored, before its effects; null: nothing to publish
     */
    public CoreLoop(
            String name,
            Core<E, R, F> core,
            Clock clock,
            RecordStore<R> store,
            Consumer<F> effects,
            Consumer<Throwable> fault,
            Supplier<Runnable> publication) {
        this.name = Objects.requireNonNull(name);
        this.core = Objects.requireNonNull(core);
        this.clock = Objects.requireNonNull(clock);
        this.store = store;
        this.effects = Objects.requireNonNull(effects);
        this.publication = Objects.requireNonNull(publication);
        this.fault = Objects.requireNonNull(fault);
        this.coreThread = new Thread(this::runCore, name + "-core");
        this.storeThread = store == null ? null : new Thread(this::runStore, name + "-store");
    }

    /** Before {@link #start()}: its threads do not keep the JVM alive. */
    public CoreLoop<E, R, F> daemon() {
        coreThread.setDaemon(true);
        if (storeThread != null) {
            storeThread.setDaemon(true);
        }
        return this;
    }

    /** Before {@link #start()}: who is told how long events and batches take. */
    public CoreLoop<E, R, F> timed(LoopTimes by) {
        times = Objects.requireNonNull(by);
        return this;
    }

    public void start() {
        coreThread.start();
        if (storeThread != null) {
            storeThread.start();
        }
    }

    /** Enqueues an event; never blocks; ignored after the end. Any thread. */
    public void post(E event) {
        Objects.requireNonNull(event, "event");
        if (!closed) {
            events.add(event);
        }
    }

    private void runCore() {
        try {
            while (!closed) {
                E first = nextEvent();
                if (closed) {
                    return;
                }
                Step<R, F> step = new Step<>();
                long nowNs = clock.nanoTime();
                if (core.nextDeadlineNs() <= nowNs) {
                    core.tick(nowNs, step);
                }
                int handled = 0;
                for (E event = first; event != null; event = ++handled < MAX_EVENTS_PER_BATCH ? events.poll() : null) {
                    long beganNs = clock.nanoTime();
                    core.handle(event, beganNs, step);
                    times.event(clock.nanoTime() - beganNs);
                }
                step.publication = publication.get();
                hand(step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private E nextEvent() throws InterruptedException {
        long deadlineNs = core.nextDeadlineNs();
        if (deadlineNs == Core.NO_DEADLINE) {
            return events.take();
        }
        long waitNs = deadlineNs - clock.nanoTime();
        return waitNs <= 0 ? events.poll() : events.poll(waitNs, TimeUnit.NANOSECONDS);
    }

    private void hand(Step<R, F> step) throws InterruptedException {
        if (step.isEmpty()) {
            return;
        }
        if (store == null) {
            act(step);
            return;
        }
        batchLock.lockInterruptibly();
        try {
            waiting.add(step);
            batchReady.signal();
        } finally {
            batchLock.unlock();
        }
    }

    private void runStore() {
        List<Step<R, F>> steps = new ArrayList<>();
        List<R> records = new ArrayList<>();
        try {
            while (!closed) {
                takeAll(steps);
                for (Step<R, F> step : steps) {
                    records.addAll(step.records);
                }
                if (!records.isEmpty()) {
                    long beganNs = clock.nanoTime();
                    store.write(records);
                    times.batch(clock.nanoTime() - beganNs);
                }
                steps.forEach(this::act);
                steps.clear();
                records.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void act(Step<R, F> step) {
        if (step.publication != null) {
            step.publication.run();
        }
        step.effects.forEach(effects);
    }

    private void takeAll(List<Step<R, F>> into) throws InterruptedException {
        batchLock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                batchReady.await();
            }
            into.addAll(waiting);
            waiting.clear();
        } finally {
            batchLock.unlock();
        }
    }

    private void fail(Throwable cause) {
        boolean first;
        synchronized (this) {
            first = !closed;
            closed = true;
        }
        if (first) {
            stopThreads();
            fault.accept(cause);
        }
    }

    private void stopThreads() {
        coreThread.interrupt();
        if (storeThread != null) {
            storeThread.interrupt();
        }
    }

    /** Stops both threads; what was not stored is lost, and nobody was told that it was. Waits for them unless called by one. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        stopThreads();
        join(coreThread);
        join(storeThread);
    }

    private static void join(Thread thread) {
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "CoreLoop[" + name + "]";
    }

    /** What the events of one turn yielded. */
    private static final class Step<R, F> implements Output<R, F> {
        private final List<R> records = new ArrayList<>();
        private final List<F> effects = new ArrayList<>();
        private Runnable publication;

        @Override
        public void record(R record) {
            records.add(record);
        }

        @Override
        public void effect(F effect) {
            effects.add(effect);
        }

        private boolean isEmpty() {
            return records.isEmpty() && effects.isEmpty() && publication == null;
        }
    }
}
