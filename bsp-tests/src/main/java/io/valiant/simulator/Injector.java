package io.valiant.simulator;

import io.valiant.simulator.Plan.Fault;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.SimRandom;
import io.valiant.simulator.engine.Stream;
import java.util.List;

/** Lets go wrong what the plan says, at random moments until the faults end. */
final class Injector {
    private static final long MS = 1_000_000;

    private final World world;
    private final SimRandom random;

    Injector(World world, SimRandom random) {
        this.world = world;
        this.random = random;
    }

    void start() {
        world.plan().faults().keySet().forEach(this::arm);
    }

    private void arm(Fault fault) {
        long pauseNs = random.around(world.plan().faults().get(fault));
        if (world.agenda().nowNs() + pauseNs >= world.plan().faultsEndNs()) {
            return;
        }
        world.agenda().after(pauseNs, fault.name(), () -> {
            strike(fault);
            arm(fault);
        });
    }

    private void strike(Fault fault) {
        world.tell(fault);
        switch (fault) {
            case KILL_CHILD -> killChild();
            case KILL_GROOM -> die(pick(world.grooms()));
            case KILL_MASTER -> die(world.master());
            case FREEZE_CHILD -> freeze(pick(world.children()));
            case FREEZE_GROOM -> freeze(pick(world.grooms()));
            case FREEZE_MASTER -> freeze(world.master());
            case FREEZE_HOST -> freezeHost(pick(world.groomHosts()));
            case PARTITION -> partition();
            case CUT_REPORT -> breakStream(pick(world.reportStreams()), true);
            case CUT_LINK -> breakStream(pick(world.linkStreams()), true);
            case HALF_OPEN_REPORT -> breakStream(pick(world.reportStreams()), false);
            case HALF_OPEN_LINK -> breakStream(pick(world.linkStreams()), false);
            case CANCEL_JOB -> cancel(pick(world.clients()));
            case END_ATTEMPT -> endAttempt(pick(world.children()));
            case CLOCK_JUMP -> world.jumpWallClock(random.between(-3_600_000, 3_600_000));
        }
    }

    private <T> T pick(List<T> from) {
        return from.isEmpty() ? null : from.get(random.below(from.size()));
    }

    private static void die(SimProcess process) {
        if (process != null) {
            process.die();
        }
    }

    private void killChild() {
        SimChild child = pick(world.children());
        if (child != null) {
            switch (random.below(4)) {
                case 0 -> child.exit(random.below(4), false);
                case 1 -> child.killedBy("SIGSEGV");
                case 2 -> child.exit(1, true);
                default -> child.killedBy("SIGKILL");
            }
        }
    }

    /** Sometimes for less than any time-out, sometimes for more than all. */
    private void freeze(SimProcess process) {
        if (process == null || !process.isAlive() || process.isFrozen()) {
            return;
        }
        process.freeze();
        world.agenda().after(pauseNs(), "thaw", process::thaw);
    }

    private void freezeHost(SimHost host) {
        if (host != null) {
            long pauseNs = pauseNs();
            for (SimProcess process : world.processesOn(host)) {
                if (!process.isFrozen()) {
                    process.freeze();
                    world.agenda().after(pauseNs, "thaw", process::thaw);
                }
            }
        }
    }

    private long pauseNs() {
        long scaleNs = world.plan().times().intervals().expiryNs();
        return random.chance(0.5) ? random.between(1, scaleNs / MS) * MS : random.around(scaleNs) + MS;
    }

    private void partition() {
        List<SimHost> hosts = world.hosts();
        SimHost one = pick(hosts);
        SimHost other = pick(hosts);
        boolean alone = random.chance(0.3);
        boolean oneWay = random.chance(0.4);
        for (SimHost host : hosts) {
            if (host == other || alone) {
                world.cables().cut(one, host);
                if (!oneWay) {
                    world.cables().cut(host, one);
                }
            }
        }
        world.agenda().after(pauseNs(), "heal", () -> {
            for (SimHost host : hosts) {
                world.cables().heal(one, host);
                world.cables().heal(host, one);
            }
        });
    }

    private void breakStream(Stream<?> stream, boolean loudly) {
        if (stream == null) {
            return;
        }
        if (loudly) {
            stream.cut("reset");
        } else {
            stream.halfOpen(random.chance(0.5));
        }
    }

    private static void cancel(SimClient client) {
        if (client != null) {
            client.cancel();
        }
    }

    private void endAttempt(SimChild child) {
        SimClient client = pick(world.clients());
        if (child != null && client != null) {
            client.endAttempt(child.attempt(), random.chance(0.5));
        }
    }
}
