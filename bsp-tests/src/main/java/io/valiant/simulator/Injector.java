package io.valiant.simulator;

import io.valiant.protocol.PeerTable;
import io.valiant.simulator.Plan.Fault;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.SimRandom;
import io.valiant.simulator.engine.Stream;
import java.util.List;

/**
 * Lets go wrong what the plan says, at random moments until the faults end. When each fault strikes, and what chance decides
 * about it, depends on nothing else that happens: so one can be left out and the others stay what they were.
 */
final class Injector {
    private static final long MS = 1_000_000;

    private final World world;
    private final SimRandom seeds;

    /** Of the strike under way. */
    private SimRandom random;

    Injector(World world, SimRandom seeds) {
        this.world = world;
        this.seeds = seeds;
    }

    /** What is about to happen. */
    private record Strike(Object victim, Runnable action) {}

    void start() {
        for (Fault fault : world.plan().faults().keySet()) {
            arm(fault, seeds.split());
        }
    }

    private void arm(Fault fault, SimRandom times) {
        long pauseNs = times.around(world.plan().faults().get(fault));
        if (world.agenda().nowNs() + pauseNs >= world.plan().faultsEndNs()) {
            return;
        }
        SimRandom own = times.split();
        world.agenda().after(pauseNs, fault.name(), () -> {
            strike(fault, own);
            arm(fault, times);
        });
    }

    private void strike(Fault fault, SimRandom own) {
        random = own;
        Strike strike = prepare(fault);
        if (strike != null && world.faults().happens(fault.name(), strike.victim)) {
            world.tell(fault, "strikes " + strike.victim);
            strike.action.run();
        }
    }

    /** Chooses the victim; null where there is none. */
    private Strike prepare(Fault fault) {
        return switch (fault) {
            case KILL_CHILD -> killChild(pick(world.children()));
            case KILL_GROOM -> kill(pick(world.grooms()));
            case KILL_MASTER -> kill(world.master());
            case FREEZE_CHILD -> freeze(pick(world.children()));
            case FREEZE_GROOM -> freeze(pick(world.grooms()));
            case FREEZE_MASTER -> freeze(world.master());
            case FREEZE_HOST -> freezeHost(pick(world.groomHosts()));
            case PARTITION -> partition(pick(world.hosts()), pick(world.hosts()));
            case CUT_REPORT -> cut(pick(world.reportStreams()));
            case CUT_LINK -> cut(pick(world.linkStreams()));
            case HALF_OPEN_REPORT -> halfOpen(pick(world.reportStreams()));
            case HALF_OPEN_LINK -> halfOpen(pick(world.linkStreams()));
            case CANCEL_JOB -> cancel(pick(world.clients()));
            case END_ATTEMPT -> endAttempt(pick(world.children()), pick(world.clients()));
            case CLOCK_JUMP -> jump(random.between(-3_600_000, 3_600_000));
            case LOSE_FRAME -> loseFrame(pick(world.children()));
            case IMPOSTOR -> impostor(pick(world.children()));
            case FILL_DISK -> fillDisk(pick(world.groomHosts()));
        };
    }

    private <T> T pick(List<T> from) {
        return from.isEmpty() ? null : from.get(random.below(from.size()));
    }

    private static Strike kill(SimProcess process) {
        return process == null || !process.isAlive() ? null : new Strike(process, process::die);
    }

    private Strike killChild(SimChild child) {
        if (child == null) {
            return null;
        }
        int code = random.below(4);
        return switch (random.below(4)) {
            case 0 -> new Strike(child + " by exit " + code, () -> child.exit(code, false));
            case 1 -> new Strike(child + " by SIGSEGV", () -> child.killedBy("SIGSEGV"));
            case 2 -> new Strike(child + " out of memory", () -> child.exit(1, true));
            default -> new Strike(child + " by SIGKILL", () -> child.killedBy("SIGKILL"));
        };
    }

    /** Sometimes for less than any time-out, sometimes for more than all. */
    private Strike freeze(SimProcess process) {
        if (process == null || !process.isAlive() || process.isFrozen()) {
            return null;
        }
        long pauseNs = pauseNs();
        return new Strike(process + lasting(pauseNs), () -> freeze(process, pauseNs));
    }

    private void freeze(SimProcess process, long pauseNs) {
        if (!process.isFrozen()) {
            process.freeze();
            world.agenda().after(pauseNs, "thaw", process::thaw);
        }
    }

    private Strike freezeHost(SimHost host) {
        long pauseNs = pauseNs();
        return new Strike(
                host + lasting(pauseNs), () -> world.processesOn(host).forEach(process -> freeze(process, pauseNs)));
    }

    private long pauseNs() {
        long scaleNs = world.plan().times().intervals().expiryNs();
        return random.chance(0.5) ? random.between(1, scaleNs / MS) * MS : random.around(scaleNs) + MS;
    }

    private static String lasting(long pauseNs) {
        return " for " + pauseNs / MS + " ms";
    }

    private Strike partition(SimHost one, SimHost other) {
        boolean alone = random.chance(0.3);
        boolean oneWay = random.chance(0.4);
        long pauseNs = pauseNs();
        String victim =
                one + (oneWay ? " no more to " : " no more to and from ") + (alone ? "all" : other) + lasting(pauseNs);
        return new Strike(victim, () -> {
            for (SimHost host : world.hosts()) {
                if (host == other || alone) {
                    world.cables().cut(one, host);
                    if (!oneWay) {
                        world.cables().cut(host, one);
                    }
                }
            }
            world.agenda().after(pauseNs, "heal", () -> heal(one));
        });
    }

    private void heal(SimHost one) {
        for (SimHost host : world.hosts()) {
            world.cables().heal(one, host);
            world.cables().heal(host, one);
        }
    }

    private static Strike cut(Stream<?> stream) {
        return stream == null ? null : new Strike(ends(stream), () -> stream.cut("reset"));
    }

    private Strike halfOpen(Stream<?> stream) {
        boolean bothWays = random.chance(0.5);
        return stream == null ? null : new Strike(ends(stream), () -> stream.halfOpen(bothWays));
    }

    private static String ends(Stream<?> stream) {
        return stream.clientProcess() + " to " + stream.serverProcess();
    }

    private static Strike cancel(SimClient client) {
        return client == null ? null : new Strike(client, client::cancel);
    }

    private Strike endAttempt(SimChild child, SimClient client) {
        boolean fail = random.chance(0.5);
        return child == null || client == null
                ? null
                : new Strike(child + (fail ? ", failed" : ", killed"), () -> client.endAttempt(child.attempt(), fail));
    }

    private Strike jump(long byMs) {
        return new Strike("by " + byMs + " ms", () -> world.jumpWallClock(byMs));
    }

    private static Strike loseFrame(SimChild child) {
        return child == null ? null : new Strike(child, child.exchange()::loseNext);
    }

    private Strike impostor(SimChild child) {
        if (child == null) {
            return null;
        }
        PeerTable table = child.exchange().table();
        int index = child.attempt().task();
        if (table != null && index + 1 < child.taskCount() && random.chance(0.7)) {
            int as = (int) random.between(index + 1, child.taskCount() - 1);
            SimRandom own = random.split();
            return new Strike(child + " as task " + as, () -> new SimImpostor(world, child).dial(table, as, own));
        }
        SimChild other = pick(world.children());
        String token = other.token().equals(child.token()) ? "0".repeat(child.token().length()) : other.token();
        return new Strike(child + " at its groom", () -> new SimImpostor(world, child).attach(token));
    }

    private Strike fillDisk(SimHost host) {
        long pauseNs = pauseNs();
        if (host.isDiskFull()) {
            return null;
        }
        return new Strike(host + lasting(pauseNs), () -> {
            world.disk(host, true);
            world.agenda().after(pauseNs, "disk", () -> world.disk(host, false));
        });
    }
}
