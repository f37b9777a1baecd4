package io.valiant.simulator;

import io.valiant.simulator.engine.SimClock;
import io.valiant.simulator.engine.SimProcess;

/**
 * A spare: a JVM that waits on its stdin for an attempt and rehearses meanwhile. It ends when its groom does. Once it serves
 * an attempt the process goes on as that attempt's child.
 */
final class SimSpare extends SimProcess {
    private final SimSpares spares;
    private final SimGroom groom;
    private final long number;
    private final long pid;
    private final long rehearsedNs;
    private boolean endAsked;
    private SimChild served;

    /** @param rehearsedNs virtual time at which it will have rehearsed */
    SimSpare(World world, SimSpares spares, SimGroom groom, long number, SimClock clock, long rehearsedNs) {
        super(world.agenda(), groom.host(), groom + " spare " + number, clock);
        this.spares = spares;
        this.groom = groom;
        this.number = number;
        this.pid = groom.host().startPid(this);
        this.rehearsedNs = rehearsedNs;
    }

    long number() {
        return number;
    }

    long pid() {
        return pid;
    }

    SimGroom groom() {
        return groom;
    }

    /** How long it still rehearses; it reads what it is handed when it has done so. */
    long rehearsesNs() {
        return Math.max(0, rehearsedNs - agenda().nowNs());
    }

    /** Its groom wants it to end. */
    void askEnd() {
        endAsked = true;
    }

    boolean isEndAsked() {
        return endAsked;
    }

    /** From now on the process is that child's. One that is frozen is so as a child. */
    void serve(SimChild child) {
        served = child;
        host().handPid(pid, child);
        if (isFrozen()) {
            child.freeze();
        }
        die();
    }

    /** Who was to let it go on lets the child go on. */
    @Override
    protected void thawed() {
        if (served != null) {
            served.thaw();
        }
    }

    @Override
    protected void died() {
        if (served == null) {
            host().endPid(pid);
            spares.died(this);
        }
    }
}
