package io.valiant.simulator;

import io.valiant.id.GroomId;
import io.valiant.io.RetryWindow;
import io.valiant.protocol.PeerTable;
import io.valiant.simulator.Plan.Fault;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.SimRandom;
import io.valiant.simulator.engine.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets go wrong what the plan says, at random moments until the faults end. When each fault strikes, and what chance decides
 * about it, depends on nothing else that happens: so one can be left out and the others stay what they were.
 */
final class Injector {
    private static final long MS = 1_000_000;

    private final World world;
    private final SimRandom seeds;
    private final SimRandom recoveries;

    /** Of the strike under way. */
    private SimRandom random;

    /** When storage may be away again. */
    private long storageFreeNs;

    Injector(World world, SimRandom seeds) {
        this.world = world;
        this.seeds = seeds;
        this.recoveries = seeds.split();
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
            case SLOW_HOST -> slow(pick(world.groomHosts()));
            case FLAP_GROOM -> flap(pick(world.groomHosts()));
            case SEVERAL -> several();
            case DAMAGE_PART -> damage(pick(world.files().names(SimPart.SYSTEM)));
            case STOP_TASK -> stop(pick(world.children()), pick(world.clients()));
            case SPARE -> strikeSpare(pick(world.spares()));
            case LINGER -> linger(pick(world.children()));
            case STORAGE_AWAY -> storageAway();
            case LOSE_LINKS -> loseLinks(pick(world.children()));
            case DRAIN_GROOM -> drain(pick(world.groomHosts()), pick(world.clients()));
        };
    }

    /** A job was rolled back: at times something goes wrong while it recovers. */
    void rolledBack() {
        List<Fault> faults = new ArrayList<>(world.plan().faults().keySet());
        if (!world.plan().strikesRecoveries()
                || faults.isEmpty()
                || world.luck().isCalm()) {
            return;
        }
        SimRandom own = recoveries.split();
        long afterNs = own.between(0, 300) * MS;
        if (own.chance(0.5) && world.agenda().nowNs() + afterNs < world.plan().faultsEndNs()) {
            Fault fault = faults.get(own.below(faults.size()));
            world.agenda().after(afterNs, "in-recovery", () -> strike(fault, own));
        }
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
            case 0 -> killChild(child, " by exit " + code, () -> child.exit(code, false));
            case 1 -> killChild(child, " by SIGSEGV", () -> child.killedBy("SIGSEGV"));
            case 2 -> killChild(child, " out of memory", () -> child.exit(1, true));
            default -> killChild(child, " by SIGKILL", () -> child.killedBy("SIGKILL"));
        };
    }

    private Strike killChild(SimChild child, String how, Runnable kill) {
        return new Strike(child + how, () -> {
            world.oracle().culprits().strikes(child);
            kill.run();
        });
    }

    private Strike strikeSpare(SimSpare spare) {
        return random.chance(0.5) ? freeze(spare) : kill(spare);
    }

    private Strike linger(SimChild child) {
        long allowedNs = world.plan().nodes().progressNs();
        long moreNs = random.chance(0.3) ? SimExchange.FOR_EVER : random.between(1, 2 * allowedNs / MS) * MS;
        String lasting = moreNs == SimExchange.FOR_EVER ? " for ever" : lasting(moreNs);
        return child == null
                ? null
                : new Strike(child + lasting, () -> child.exchange().linger(moreNs));
    }

    /** For less than it is waited for, or longer; in a world in which nothing else goes wrong for less. */
    private Strike storageAway() {
        long windowNs = world.plan().nodes().retryWindowNs();
        boolean brief = random.chance(0.6) || world.plan().isCalm();
        long pauseNs = random.between(1, (brief ? windowNs * 3 / 4 : 3 * windowNs) / MS) * MS;
        if (world.agenda().nowNs() < storageFreeNs) {
            return null;
        }
        return new Strike("everybody" + lasting(pauseNs), () -> {
            // between two times everybody has had a chance
            storageFreeNs = world.agenda().nowNs() + pauseNs + 2 * RetryWindow.MOST_PAUSE_NS;
            world.storage().away(true);
            world.agenda().after(pauseNs, "storage", () -> world.storage().away(false));
        });
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
            world.oracle().culprits().strikes(process);
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

    private Strike loseLinks(SimChild child) {
        int losses = (int) random.between(2, 6);
        SimRandom own = random.split();
        SimHost other = child == null ? null : pick(child.exchange().linkedHosts());
        if (other == null) {
            return null;
        }
        SimHost one = child.host();
        return new Strike(one + " and " + other + ", " + losses + " times", () -> {
            long atNs = 0;
            for (int i = 0; i < losses; i++) {
                world.agenda().after(atNs, "lose-links", () -> world.loseLinks(one, other));
                atNs += own.around(500 * MS) + MS;
            }
        });
    }

    private static Strike cut(Stream<?> stream) {
        return stream == null ? null : new Strike(ends(stream), () -> stream.cut("reset"));
    }

    private Strike halfOpen(Stream<?> stream) {
        boolean bothWays = random.chance(0.5);
        return stream == null
                ? null
                : new Strike(ends(stream), () -> {
                    world.oracle().culprits().strikes(stream.clientProcess());
                    stream.halfOpen(bothWays);
                });
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
                : new Strike(child + (fail ? ", failed" : ", killed"), () -> {
                    world.oracle().culprits().strikes(child);
                    client.endAttempt(child.attempt(), fail);
                });
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
        String token =
                other.token().equals(child.token()) ? "0".repeat(child.token().length()) : other.token();
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

    private Strike slow(SimHost host) {
        int times = (int) random.between(3, 30);
        long pauseNs = pauseNs();
        return new Strike(host + " " + times + " times slower" + lasting(pauseNs), () -> {
            host.slow(times);
            world.oracle().culprits().slows(host);
            world.agenda().after(pauseNs, "fast", () -> host.slow(1));
        });
    }

    private Strike flap(SimHost host) {
        int kills = (int) random.between(2, 6);
        SimRandom own = random.split();
        return new Strike(host + " " + kills + " times", () -> {
            long atNs = 0;
            for (int i = 0; i < kills; i++) {
                world.agenda().after(atNs, "flap", () -> world.killGroom(host));
                atNs += own.around(700 * MS) + MS;
            }
        });
    }

    private Strike several() {
        List<Fault> faults = new ArrayList<>(world.plan().faults().keySet());
        faults.remove(Fault.SEVERAL);
        if (faults.isEmpty()) {
            return null;
        }
        SimRandom own = random.split();
        int count = (int) random.between(2, 3);
        return new Strike(count + " at once", () -> {
            for (int i = 0; i < count; i++) {
                strike(faults.get(own.below(faults.size())), own.split());
            }
        });
    }

    private Strike damage(String file) {
        SimRandom own = random.split();
        return file == null ? null : new Strike(file, () -> world.files().damage(file, own));
    }

    private Strike stop(SimChild child, SimClient client) {
        long pauseNs = pauseNs();
        return child == null || client == null
                ? null
                : new Strike(child, () -> {
                    client.stopTask(child.attempt());
                    client.later(
                            pauseNs,
                            "resume",
                            () -> client.resumeTask(
                                    child.attempt().job(), child.attempt().task()));
                });
    }

    private Strike drain(SimHost host, SimClient client) {
        long pauseNs = pauseNs();
        GroomId groom = new GroomId(host.toString());
        if (random.chance(0.2)) {
            return new Strike(host + ", to be removed", () -> client.removeGroom(groom));
        }
        boolean removes = random.chance(0.3);
        return new Strike(host + lasting(pauseNs) + (removes ? ", then removed" : ""), () -> {
            client.drainGroom(groom);
            Runnable end = removes ? () -> client.removeGroom(groom) : () -> client.undrainGroom(groom);
            client.later(pauseNs, "undrain", end);
        });
    }
}
