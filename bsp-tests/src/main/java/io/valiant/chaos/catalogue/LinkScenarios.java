package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerLine;
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
import java.util.Set;
import java.util.TreeSet;

/** Cuts in a network of namespaces that the run makes for itself. */
final class LinkScenarios {
    private static final String MASTER = ClusterFixture.MASTER;
    private static final String GROOM = "groom-1";
    private static final String OTHER = "groom-2";
    private static final LedgerPlan PLAN = LedgerPlan.usual().steps(80, 100);
    private static final long CUT_MS = 5_000;

    /** A broken link may be resumed for 5 s. */
    private static final long SHORT_DATA_CUT_MS = 2_000;

    private static final int FLAPS = 10;
    private static final long FLAP_MS = 1_000;

    private static final String LOST =
            "SUCCEEDED with the hash, nobody charged, the groom LOST and its tasks elsewhere,"
                    + " ACTIVE again after the cut";
    private static final String RESUMED = "SUCCEEDED with the hash, nobody charged, no roll-back";
    private static final String APART = "SUCCEEDED with the hash, nobody charged, rolled back twice,"
            + " the pair not used together after the second time";

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
                        .by(trial -> shortCut(trial, network -> {
                            network.drop(GROOM, OTHER);
                            network.drop(OTHER, GROOM);
                        })),
                inNetwork(
                                "links.cut-data-long",
                                "nothing passes between two grooms' children until a roll-back, and again, for good",
                                APART)
                        .by(trial -> cutTwice(trial, network -> {
                            network.drop(GROOM, OTHER);
                            network.drop(OTHER, GROOM);
                        })),
                inNetwork(
                                "links.half-open",
                                "nothing of one groom's children arrives at another's until a roll-back,"
                                        + " and again, for good",
                                APART)
                        .by(trial -> cutTwice(trial, network -> network.drop(GROOM, OTHER))));
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

    private static void shortCut(Trial trial, Cut cut) throws IOException {
        Network network = network(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN, 5);
        cut.by(network);
        Waits.pause(SHORT_DATA_CUT_MS);
        network.heal();
        MasterScenarios.undisturbed(trial, ledger);
    }

    private static void cutTwice(Trial trial, Cut cut) throws IOException {
        Network network = network(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN, 5);
        cut.by(network);
        boolean rolledBack =
                Waits.until(Trial.LONG_MS, () -> trial.facts(ledger).rollbacks() > 0);
        trial.expect(rolledBack, "links that are silent are not lost");
        network.heal();
        ledger.await(Trial.LONG_MS, line -> line.generation() == 2 && line.superstep() >= 15);
        cut.by(network);
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 2, 2);
        for (long generation = 1; generation <= 3; generation++) {
            Set<String> grooms = grooms(facts, ledger, generation);
            boolean together = grooms.containsAll(List.of(GROOM, OTHER));
            trial.expect(together == (generation < 3), "generation " + generation + " ran on " + grooms);
        }
    }

    /** The grooms on which that generation of a job has run. */
    private static Set<String> grooms(JobFacts facts, LedgerRun ledger, long generation) throws IOException {
        Set<String> grooms = new TreeSet<>();
        for (LedgerLine line : ledger.lines()) {
            if (line.generation() == generation) {
                grooms.add(
                        facts.attempt(line.attempt().toString()).path("groom").asText());
            }
        }
        return grooms;
    }
}
