package io.valiant.simulator.engine;

import java.util.ArrayDeque;

/**
 * A process: it lives once. While it is frozen, all that happens to it waits; when it is dead, nothing happens to it.
 * Its monotonic clock has an origin and a speed of its own.
 */
public class SimProcess {
    private final Agenda agenda;
    private final SimHost host;
    private final String name;
    private final SimClock clock;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean alive = true;
    private boolean frozen;
    private long awakeSinceNs;
    private long wakeAtNs = Long.MAX_VALUE;

    protected SimProcess(Agenda agenda, SimHost host, String name, SimClock clock) {
        this.agenda = agenda;
        this.host = host;
        this.name = name;
        this.clock = clock;
        this.awakeSinceNs = agenda.nowNs();
    }

    public final Agenda agenda() {
        return agenda;
    }

    public final SimHost host() {
        return host;
    }

    public final boolean isAlive() {
        return alive;
    }

    public final boolean isFrozen() {
        return frozen;
    }

    /** Since when, in virtual time, it has run without being frozen. */
    public final long awakeSinceNs() {
        return awakeSinceNs;
    }

    public final SimClock clock() {
        return clock;
    }

    /** What its own monotonic clock shows. */
    public final long clockNs() {
        return clock.at(agenda.nowNs());
    }

    /** Lets something happen to this process now, or when it is thawed, or never if it is dead. */
    public final void meet(Runnable action) {
        if (!alive) {
            return;
        }
        if (frozen) {
            waiting.add(action);
        } else {
            action.run();
        }
    }

    /** As {@link #meet} after a while, which is longer on a slow host. */
    public final void later(long delayNs, String what, Runnable action) {
        agenda.after(delayNs * host.slowness(), what, () -> meet(action));
    }

    /** Calls {@link #wake()} when this process's clock shows that time, unless it is called earlier. */
    protected final void wakeAt(long deadlineNs) {
        if (deadlineNs == Long.MAX_VALUE) {
            return;
        }
        long atNs = clock.virtualAt(deadlineNs);
        if (atNs >= wakeAtNs) {
            return;
        }
        wakeAtNs = atNs;
        agenda.after(atNs - agenda.nowNs(), "wake", () -> {
            if (wakeAtNs == atNs) {
                wakeAtNs = Long.MAX_VALUE;
                meet(this::wake);
            }
        });
    }

    /** Its timer has rung. */
    protected void wake() {}

    /** SIGSTOP. */
    public final void freeze() {
        frozen = true;
    }

    /** SIGCONT: all that waited happens, in order. */
    public final void thaw() {
        if (!frozen) {
            return;
        }
        frozen = false;
        awakeSinceNs = agenda.nowNs();
        thawed();
        while (alive && !frozen && !waiting.isEmpty()) {
            waiting.removeFirst().run();
        }
    }

    /** It was frozen and is not any more. */
    protected void thawed() {}

    /** It is gone, without any last word. */
    public final void die() {
        if (alive) {
            alive = false;
            waiting.clear();
            died();
        }
    }

    /** What the system does when the process is gone. */
    protected void died() {}

    @Override
    public String toString() {
        return name;
    }
}
