package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.cluster.Network;
import io.valiant.chaos.machine.Machine;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Described;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.util.List;

/** Cuts in a network of namespaces that the run makes for itself. */
final class LinkScenarios {
    private static final String MASTER = ClusterFixture.MASTER;
    private static final String GROOM = "groom-1";
    private static final String OTHER = "groom-2";
    private static final LedgerPlan PLAN = LedgerPlan.usual().steps(80, 100);
    private static final long CUT_MS = 5_000;

    /** A broken link may be resumed for 5 s. */
    private static final long SHORT_DATA_CUT_MS = 2_000;

    /** A link is lost after 10 s of silence. */
    private static final long LONG_DATA_CUT_MS = 15_000;

    private static final int FLAPS = 10;
    private static final long FLAP_MS = 1_000;

    private static final String LOST =
            "SUCCEEDED with the hash, nobody charged, the groom LOST and its tasks elsewhere,"
                    + " ACTIVE again after the cut";
    private static final String RESUMED = "SUCCEEDED with the hash, nobody charged, no roll-back";

    private LinkScenarios() {}

    /** What is cut, when the network is there. */
    private interface Cut {
        void by(Network network) throws IOException;
    }

    static List<Scenario> all() {
        return List.of(
                inNetwork("links.cut-two-way", "nothing passes between a groom and the master for 5 s", LOST)
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .by(trial -> lostGroom(trial, network -> {
                            network.drop(MASTER, GROOM);
                            network.drop(GROOM, MASTER);
                        })),
                inNetwork("links.cut-to-master", "nothing of a groom arrives at the master for 5 s", LOST)
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .by(trial -> lostGroom(trial, network -> network.drop(GROOM, MASTER))),
                inNetwork("links.cut-from-master", "nothing of the master arrives at a groom for 5 s", LOST)
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .by(trial -> lostGroom(trial, network -> network.drop(MASTER, GROOM))),
                inNetwork("links.cut-off", "nothing passes between a groom and anybody else for 5 s", LOST)
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .by(trial -> lostGroom(trial, network -> {
                            for (String far : List.of(MASTER, OTHER, "groom-3")) {
                                network.drop(far, GROOM);
                                network.drop(GROOM, far);
                            }
                        })),
                inNetwork(
                                "links.flapping",
                                "a groom is cut off from the master for 1 s, 10 times",
                                RESUMED + ", no groom LOST")
                        .by(LinkScenarios::flapping),
                inNetwork("links.cut-data-short", "nothing passes between two grooms' children for 2 s", RESUMED)
                        .by(trial -> data(trial, SHORT_DATA_CUT_MS, network -> {
                            network.drop(GROOM, OTHER);
                            network.drop(OTHER, GROOM);
                        })),
                inNetwork(
                                "links.cut-data-long",
                                "nothing passes between two grooms' children for 15 s",
                                "SUCCEEDED with the hash, nobody charged, rolled back, the pair not used together")
                        .by(trial -> data(trial, LONG_DATA_CUT_MS, network -> {
                            network.drop(GROOM, OTHER);
                            network.drop(OTHER, GROOM);
                        })),
                inNetwork(
                                "links.half-open",
                                "nothing of one groom's children arrives at another's for 15 s",
                                "SUCCEEDED with the hash, nobody charged, rolled back, the pair not used together")
                        .by(trial -> data(trial, LONG_DATA_CUT_MS, network -> network.drop(GROOM, OTHER))));
    }

    private static Described inNetwork(String name, String does, String holds) {
        return scenario(name, does)
                .holds(holds)
                .on(ClusterShape.quick().alone())
                .unless(Machine::networkObstacle);
    }

    private static Network network(Trial trial) throws IOException {
        ClusterFixture cluster = trial.cluster();
        Network network = Network.around(cluster);
        trial.whenGone(network::close);
        trial.atEnd(network::heal);
        for (String groom : cluster.grooms()) {
            trial.awaitGroom(groom, "ACTIVE", Trial.LONG_MS);
        }
        return network;
    }

    private static void lostGroom(Trial trial, Cut cut) throws IOException {
        Network network = network(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN, 5);
        long generation = ledger.generation();
        long fromNs = Waits.nowNs();
        cut.by(network);
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        trial.pauseSince(fromNs, CUT_MS);
        network.heal();
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 1, 2);
        boolean lost = facts.attempts().stream()
                .anyMatch(attempt -> attempt.path("groom").asText().equals(GROOM)
                        && attempt.path("state").asText().equals("LOST"));
        trial.expect(lost, "no attempt of " + GROOM + " is LOST");
        trial.awaitGroom(GROOM, "ACTIVE", Trial.LONG_MS);
    }

    private static void flapping(Trial trial) throws IOException {
        Network network = network(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN.steps(250, 100), 5);
        for (int flap = 0; flap < FLAPS; flap++) {
            network.drop(MASTER, GROOM);
            network.drop(GROOM, MASTER);
            trial.pause(FLAP_MS);
            network.heal();
            trial.pause(FLAP_MS);
        }
        MasterScenarios.undisturbed(trial, ledger);
    }

    private static void data(Trial trial, long ms, Cut cut) throws IOException {
        Network network = network(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN, 5);
        cut.by(network);
        Waits.pause(ms);
        network.heal();
        if (ms == SHORT_DATA_CUT_MS) {
            MasterScenarios.undisturbed(trial, ledger);
            return;
        }
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 1, 10);
    }
}
