package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.exchange.BarrierGate;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.SuperstepShare;
import io.valiant.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Steps a {@link ChildCore}. The core has no thread of its own: events are queued, and whoever brings one takes the core (by
 * CAS, never waiting) and works the queue off; if it is taken, whoever has it does so before it gives it back. Time-outs
 * are seen by the owner of the links, through the gate, and by the thread that serves the child. So no barrier waits for
 * another thread, and asking whether it may open costs three volatile reads.
 *
 * <p>Effects are carried out by the thread that steps, in their order, and must not block. What an event has changed is to be
 * seen before its effects: a program that is started must not find that the one before it had to stop.
 */
public final class ChildDriver implements BarrierGate {
    private final Core<ChildEvent, Void, ChildEffect> core;
    private final BooleanSupplier corePasses;
    private final BooleanSupplier coreStops;
    private final Clock clock;
    private final Supplier<AttemptProgress> progress;
    private final ConcurrentLinkedQueue<ChildEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final Consumer<ChildEffect> effects;

    /** Of the event being handled, to be carried out after it. By whoever has taken the core. */
    private final ArrayDeque<ChildEffect> wanted = new ArrayDeque<>();

    private final Output<Void, ChildEffect> out = new Output<>() {
        @Override
        public void record(Void record) {
            throw new IllegalStateException("a child stores nothing");
        }

        @Override
        public void effect(ChildEffect effect) {
            wanted.add(effect);
        }
    };

    /** Written by whoever has taken the core. */
    private volatile long deadlineNs = Core.NO_DEADLINE;

    private volatile boolean mayPass;
    private volatile boolean mustStop;

    /** Of the links now open, for the gate's events. */
    private volatile long generation;

    /** Of the generation whose links are open; null where none are. */
    private volatile CheckpointSchedule schedule;

    /** What there is to tell of supersteps; nothing while no links are open. */
    private volatile Supplier<List<SuperstepShare>> supersteps = List::of;

    /** Somebody wants a checkpoint and has not been heard yet. */
    private volatile boolean wish;

    /** The checkpoint asked for last answers a wish. Program's thread. */
    private boolean wished;

    /**
     * @param effects carries out one effect
     * @param progress asked before each ping
     */
    public ChildDriver(ChildCore core, Clock clock, Consumer<ChildEffect> effects, Supplier<AttemptProgress> progress) {
        this(core, core::mayPass, core::mustStop, clock, effects, progress);
    }

    /** For any core that decides what a child does. */
    ChildDriver(
            Core<ChildEvent, Void, ChildEffect> core,
            BooleanSupplier corePasses,
            BooleanSupplier coreStops,
            Clock clock,
            Consumer<ChildEffect> effects,
            Supplier<AttemptProgress> progress) {
        this.core = core;
        this.corePasses = corePasses;
        this.coreStops = coreStops;
        this.clock = clock;
        this.progress = progress;
        this.effects = effects;
    }

    /** Tells the core what has happened. Does not wait. Any thread. */
    public void post(ChildEvent event) {
        events.add(event);
        step();
    }

    /** When {@link #step} has something to do though nothing is posted. Any thread. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** Handles what is queued and due, unless another thread is at it. Any thread. */
    public void step() {
        while (taken.compareAndSet(false, true)) {
            try {
                work();
            } finally {
                taken.set(false);
            }
            // What was queued after the last look found the core taken.
            if (events.isEmpty()) {
                return;
            }
        }
    }

    private void work() {
        for (ChildEvent event = events.poll(); event != null; event = events.poll()) {
            core.handle(event, clock.nanoTime(), out);
            settle();
        }
        long nowNs = clock.nanoTime();
        if (nowNs >= core.nextDeadlineNs()) {
            core.handle(new ChildEvent.Progress(progress.get()), nowNs, out);
            tellSupersteps(nowNs);
            core.tick(nowNs, out);
        }
        settle();
    }

    /** The generation is looked at first: if links are opened meanwhile, what is taken of them is passed over, not mixed up. */
    private void tellSupersteps(long nowNs) {
        long told = generation;
        List<SuperstepShare> shares = supersteps.get();
        if (!shares.isEmpty()) {
            core.handle(new ChildEvent.Supersteps(told, shares), nowNs, out);
        }
    }

    /** Shows what the core has decided, then carries it out. */
    private void settle() {
        deadlineNs = core.nextDeadlineNs();
        mayPass = corePasses.getAsBoolean();
        mustStop = coreStops.getAsBoolean();
        for (ChildEffect effect = wanted.poll(); effect != null; effect = wanted.poll()) {
            effects.accept(effect);
        }
    }

    /** From now on the gate's events belong to that generation. Program's thread. */
    void linksOf(long opened, CheckpointSchedule ofCheckpoints) {
        generation = opened;
        schedule = ofCheckpoints;
    }

    /** The links are open: from there comes what is told of supersteps. Program's thread. */
    void tells(Supplier<List<SuperstepShare>> ofSupersteps) {
        supersteps = ofSupersteps;
    }

    /** That generation's links are closed; what was wished of it is void. Program's thread. */
    void linksClosed() {
        schedule = null;
        supersteps = List::of;
        wish = false;
        wished = false;
    }

    /** A checkpoint at the next barrier, please. Any thread. */
    void wantCheckpoint() {
        wish = true;
    }

    long nowNs() {
        return clock.nanoTime();
    }

    @Override
    public boolean poll(long nowNs) throws BspException {
        if (!events.isEmpty() || nowNs >= deadlineNs) {
            step();
        }
        if (mustStop) {
            throw new BspException(BspException.Kind.FENCED, "this attempt has ended");
        }
        return mayPass;
    }

    @Override
    public void arrived(long superstep) {
        post(new ChildEvent.Arrived(superstep));
    }

    @Override
    public void opened(long superstep) {
        post(new ChildEvent.Opened(superstep));
    }

    @Override
    public boolean wantsCheckpoint(long superstep, long nowNs) {
        CheckpointSchedule when = schedule;
        if (when == null) {
            return false;
        }
        if (wish) {
            wish = false;
            wished = true;
        }
        return wished || when.isDue(superstep + 1, nowNs);
    }

    @Override
    public void checkpointDecided(long superstep, boolean taken) {
        CheckpointSchedule when = schedule;
        if (taken && when != null) {
            when.taken(superstep + 1, clock.nanoTime());
        } else if (wished) {
            post(new ChildEvent.CheckpointFailed(
                    generation,
                    superstep + 1,
                    "not every task could be restored to the state after superstep " + superstep
                            + ": one has ended, a graph is being loaded or written, or a program of type bsp has not"
                            + " called Peer.save before the barrier"));
        }
        wished = false;
    }

    @Override
    public void linkLost(int peer, long superstep, String detail) {
        post(new ChildEvent.LinkLost(generation, peer, superstep, detail));
    }
}
