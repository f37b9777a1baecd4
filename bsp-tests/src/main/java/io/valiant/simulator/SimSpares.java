package io.valiant.simulator;

import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.core.GroomEvent;
import java.util.TreeMap;

/** The spares of one groom process. */
final class SimSpares {
    private final World world;
    private final SimGroom groom;
    private final SpareRules rules;
    private final TreeMap<Long, SimSpare> spares = new TreeMap<>();

    SimSpares(World world, SimGroom groom) {
        this.world = world;
        this.groom = groom;
        this.rules = new SpareRules(world.plan());
    }

    /** A spare that is gone when it is to be handed over, or cannot be, costs nothing: a JVM is started. */
    void handOver(GroomEffect.Launch launch) {
        SimSpare spare = spares.remove(launch.spare());
        rules.serves(launch.spare(), launch.assignment(), spare != null && spare.isEndAsked());
        groom.later(world.luck().reapNs(), "hand-over", () -> {
            if (spare == null || !spare.isAlive()) {
                groom.fork(launch);
            } else if (world.luck().launchFails(spare, groom.host().isDiskFull())) {
                spare.die();
                groom.fork(launch);
            } else {
                world.oracle().count("spares_used");
                groom.forked(launch, world.serve(groom, launch.assignment(), launch.token(), spare));
            }
        });
    }

    /** Starts one, which rehearses. */
    void start(long number) {
        rules.starts(number);
        groom.later(world.luck().forkNs(), "spare", () -> {
            if (world.luck().launchFails(groom, groom.host().isDiskFull())) {
                gone(number, "no fork today");
                return;
            }
            long rehearsedNs = world.agenda().nowNs()
                    + world.luck().rehearsalNs() * groom.host().slowness();
            SimSpare spare =
                    new SimSpare(world, this, groom, number, world.luck().clock(), rehearsedNs);
            spares.put(number, spare);
            rules.ready(number);
            groom.post(new GroomEvent.SpareReady(number, spare.pid()));
        });
    }

    /** Ends one that waits. */
    void end(long number) {
        SimSpare spare = spares.get(number);
        if (spare != null) {
            spare.askEnd();
            world.agenda().after(world.luck().reapNs(), "sigkill", spare::die);
        }
    }

    /** A spare that waited is gone. */
    void died(SimSpare spare) {
        if (spares.remove(spare.number(), spare)) {
            groom.later(world.luck().reapNs(), "spare-gone", () -> gone(spare.number(), "its JVM is gone"));
        }
    }

    private void gone(long number, String why) {
        rules.gone(number);
        groom.post(new GroomEvent.SpareGone(number, why));
    }

    /** Their stdin ends. */
    void groomDied() {
        spares.values().forEach(spare -> spare.later(world.luck().reapNs(), "stdin-ends", spare::die));
        spares.clear();
    }

    /** The groom has found its disk bad and done what it does about it. */
    void judgeBadDisk() {
        rules.endOnBadDisk(spares.values());
    }
}
