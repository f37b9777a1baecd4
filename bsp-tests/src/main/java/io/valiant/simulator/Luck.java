package io.valiant.simulator;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.simulator.engine.SimClock;
import io.valiant.simulator.engine.SimRandom;
import java.nio.ByteBuffer;

/** What chance decides in one world while nobody strikes: how long things take, and what fails now and then. */
final class Luck {
    private static final long MS = 1_000_000;

    private final Plan plan;
    private final Faults faults;
    private final SimRandom times;
    private final SimRandom chance;
    private boolean calm;

    Luck(Plan plan, Faults faults, SimRandom times, SimRandom chance) {
        this.plan = plan;
        this.faults = faults;
        this.times = times;
        this.chance = chance;
    }

    /** Nothing fails any more. */
    void calmDown() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    SimClock clock() {
        int drift = plan.nodes().driftPpm();
        return new SimClock(times.between(-1_000_000 * MS, 1_000_000 * MS), times.between(-drift, drift));
    }

    long restartNs() {
        return times.around(500 * MS) + MS;
    }

    /** From leading to serving: mostly at once, now and then longer than grooms may be silent. */
    long serveNs() {
        boolean slow = !calm && times.chance(0.1);
        return slow ? times.between(0, 2 * plan.times().intervals().expiryNs()) : times.around(20 * MS) + MS;
    }

    long forkNs() {
        return times.around(30 * MS) + MS;
    }

    long askAgainNs() {
        return times.around(2_000 * MS) + MS;
    }

    long rehearsalNs() {
        return times.around(100 * MS) + MS;
    }

    long reapNs() {
        return times.around(5 * MS) + MS;
    }

    long workNs() {
        return times.around(20 * MS) + MS;
    }

    long writeNs() {
        return times.around(plan.store().latencyNs()) / 2 + 1;
    }

    long stepNs(long meanNs) {
        return times.around(meanNs) + 1;
    }

    boolean chance(double share) {
        return chance.chance(share);
    }

    boolean workerFails(Object worker) {
        return !calm && chance.chance(plan.workerFailure()) && faults.happens("WORKER_FAILS", worker);
    }

    boolean launchFails(Object groom, boolean diskFull) {
        double share = diskFull ? Math.max(0.3, plan.launchFailure()) : plan.launchFailure();
        return !calm && chance.chance(share) && faults.happens("LAUNCH_FAILS", groom);
    }

    /** At times a frame arrives with a wrong bit. */
    ByteBuffer maybeDamaged(ByteBuffer frame, Object link) {
        if (!calm && plan.damage() > 0 && chance.chance(plan.damage())) {
            int at = chance.below(frame.limit());
            int bit = 1 << chance.below(8);
            if (faults.happens("DAMAGE_FRAME", link)) {
                frame.put(at, (byte) (frame.get(at) ^ bit));
            }
        }
        return frame;
    }

    /** How a write of the store ends. */
    enum WriteFate {
        GOOD,
        /** An error, and nothing is stored. */
        FAILED,
        /** An error, and yet all is stored. */
        STORED_UNKNOWN,
        /** An error of which nobody knows whether all is stored; it is not. */
        LOST_UNKNOWN;

        boolean isDurable() {
            return this == GOOD || this == STORED_UNKNOWN;
        }
    }

    WriteFate writeFate(Object master) {
        if (calm) {
            return WriteFate.GOOD;
        }
        if (chance.chance(plan.store().failed())) {
            return faults.happens("WRITE_FAILS", master) ? WriteFate.FAILED : WriteFate.GOOD;
        }
        if (chance.chance(plan.store().ambiguous())) {
            WriteFate fate = chance.chance(0.5) ? WriteFate.STORED_UNKNOWN : WriteFate.LOST_UNKNOWN;
            return faults.happens("WRITE_UNKNOWN", master) ? fate : WriteFate.GOOD;
        }
        return WriteFate.GOOD;
    }

    static Cause storageCause(String message) {
        return Cause.of(CauseType.STORAGE, message);
    }
}
