package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Blows at grooms. */
final class GroomScenarios {
    private static final LedgerPlan PLAN = LedgerPlan.usual().steps(60, 100);
    private static final int LATEST_SUPERSTEP = 30;
    private static final long SHORT_MS = 700;
    private static final long LONG_MS = 4_000;
    private static final long ALL_AWAY_MS = 5_000;

    /** Twice the ping time-out of the quick clusters. */
    private static final long ORPHANS_MS = 2_000;

    private static final String ORPHANS_GONE = "orphans_gone_ms";

    private GroomScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario("groom.kill", "kill -9 of a groom with children; it is started again on its addresses")
                        .holds(
                                "SUCCEEDED with the hash, nobody charged, its attempts LOST by GROOM_LOST, its children gone,"
                                        + " one roll-back; then ACTIVE with a new incarnation")
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .limit(ORPHANS_GONE, 100, ORPHANS_MS)
                        .by(GroomScenarios::kill),
                scenario("groom.kill-with-stopped-child", "SIGSTOP of a child, then kill -9 of its groom")
                        .holds("as groom.kill; the stopped child is reaped when the groom is started again")
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .by(GroomScenarios::killWithStoppedChild),
                scenario("groom.kill-and-restart", "kill -9 of a groom that is started again at once")
                        .holds(
                                "SUCCEEDED with the hash, nobody charged, 1 or 2 roll-backs, its start on the same port works")
                        .by(GroomScenarios::killAndRestart),
                scenario("groom.pause", "a groom and its children frozen for less than the expiry")
                        .holds("SUCCEEDED with the hash, nobody charged, at most one roll-back")
                        .by(trial -> freeze(trial, SHORT_MS, true)),
                scenario("groom.freeze", "a groom and its children frozen for longer than the expiry, then thawed")
                        .holds(
                                "SUCCEEDED with the hash, nobody charged, its attempts LOST, the old children gone after the"
                                        + " thaw; then ACTIVE with a new incarnation")
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .by(trial -> freeze(trial, LONG_MS, true)),
                scenario("groom.freeze-alone", "a groom frozen for longer than the expiry, its children not")
                        .holds("as groom.freeze: the children leave by themselves")
                        .by(trial -> freeze(trial, LONG_MS, false)),
                scenario("groom.kill-second", "kill -9 of a groom, and of a second while the job is rolled back")
                        .holds("SUCCEEDED with the hash, nobody charged, 1 to 3 roll-backs")
                        .on(ClusterShape.quick().of(3, 6))
                        .by(GroomScenarios::killSecond),
                scenario("groom.kill-all", "kill -9 of every groom, back after 5 s")
                        .holds("SUCCEEDED with the hash, nobody charged")
                        .by(GroomScenarios::killAll));
    }

    private static void kill(Trial trial) throws IOException {
        JobFacts facts = killOneOf(trial);
        trial.rollbacks(facts, 1, 1);
    }

    /** kill -9 of a groom that runs a task of a ledger; judges all that follows, to the groom's return. */
    static JobFacts killOneOf(Trial trial) throws IOException {
        SortedMap<String, Long> incarnations = incarnations(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        ClusterFixture cluster = trial.cluster();
        String groom = trial.groomOf(trial.anyTask(ledger).pid());
        long incarnation = incarnations.get(groom);
        List<Long> children = Hits.childrenOf(cluster, groom);
        long generation = ledger.generation();
        long fromNs = Waits.nowNs();
        Hits.kill(trial, groom);
        if (Waits.until(Trial.LONG_MS, () -> children.stream().noneMatch(ProcessScan::isAlive))) {
            trial.figure(ORPHANS_GONE, Waits.sinceMs(fromNs));
        } else {
            trial.expect(false, "children " + children + " outlive their groom " + groom);
        }
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        JobFacts facts = trial.right(ledger, 0);
        lost(trial, facts, groom, incarnation);
        back(trial, groom, incarnation);
        return facts;
    }

    /** Asked before the job: a command may last longer than what is left of one. */
    private static SortedMap<String, Long> incarnations(Trial trial) throws IOException {
        SortedMap<String, Long> incarnations = new TreeMap<>();
        trial.cluster()
                .json("groom", "list")
                .forEach(groom -> incarnations.put(
                        groom.path("name").asText(), groom.path("incarnation").asLong()));
        return incarnations;
    }

    /** Every attempt that did not succeed on that incarnation of the groom is LOST. */
    private static void lost(Trial trial, JobFacts facts, String groom, long incarnation) {
        for (JsonNode attempt : facts.attempts()) {
            if (attempt.path("groom").asText().equals(groom)
                    && attempt.path("incarnation").asLong() == incarnation) {
                trial.ended(facts, attempt.path("id").asText(), "LOST", "GROOM_LOST");
            }
        }
    }

    /** Starts the groom if it does not run; it is ACTIVE again with a newer incarnation. */
    private static void back(Trial trial, String groom, long incarnation) throws IOException {
        if (trial.cluster().pid(groom) < 0) {
            trial.cluster().start(groom);
        }
        trial.awaitGroom(groom, "ACTIVE", Trial.LONG_MS);
        long now = trial.cluster().groom(groom).path("incarnation").asLong();
        trial.expect(now > incarnation, groom + " came back with incarnation " + now + " after " + incarnation);
    }

    private static void killWithStoppedChild(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        LedgerLine victim = trial.anyTask(ledger);
        ClusterFixture cluster = trial.cluster();
        String groom = trial.groomOf(victim.pid());
        long generation = ledger.generation();
        Hits.freeze(trial, List.of(victim.pid()));
        long fromNs = Waits.nowNs();
        Hits.kill(trial, groom);
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        trial.right(ledger, 0);
        trial.expect(ProcessScan.isAlive(victim.pid()), "the stopped child has ended before its groom came back");
        cluster.start(groom);
        boolean gone = Waits.until(10_000, () -> !ProcessScan.isAlive(victim.pid()));
        trial.expect(gone, "stopped child " + victim.pid() + " is still there 10 s after its groom's start");
    }

    private static void killAndRestart(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        String groom = trial.groomOf(trial.anyTask(ledger).pid());
        long generation = ledger.generation();
        long fromNs = Waits.nowNs();
        Hits.kill(trial, groom);
        trial.cluster().start(groom);
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 1, 2);
    }

    private static void freeze(Trial trial, long ms, boolean withChildren) throws IOException {
        SortedMap<String, Long> incarnations = incarnations(trial);
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        ClusterFixture cluster = trial.cluster();
        String groom = trial.groomOf(trial.anyTask(ledger).pid());
        long incarnation = incarnations.get(groom);
        List<Long> children = Hits.workersOf(cluster, groom, ledger);
        List<Long> victims = withChildren ? Hits.treeOf(cluster, groom) : List.of(cluster.pid(groom));
        long generation = ledger.generation();
        long fromNs = Waits.nowNs();
        Hits.freeze(trial, victims);
        trial.pause(ms);
        if (ms == LONG_MS) {
            Hits.awaitGeneration(trial, ledger, generation, fromNs);
        }
        Hits.thaw(victims);
        JobFacts facts = trial.right(ledger, 0);
        if (ms == SHORT_MS) {
            trial.rollbacks(facts, 0, 1);
            return;
        }
        lost(trial, facts, groom, incarnation);
        back(trial, groom, incarnation);
        boolean gone = Waits.until(10_000, () -> children.stream().noneMatch(ProcessScan::isAlive));
        trial.expect(gone, "children of before the freeze are still there: " + children);
    }

    private static void killSecond(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        List<String> grooms = trial.cluster().grooms();
        long fromNs = Waits.nowNs();
        long generation = ledger.generation();
        int first = trial.random().nextInt(grooms.size());
        Hits.kill(trial, grooms.get(first));
        trial.pause(trial.random().nextInt(4_000));
        Hits.kill(trial, grooms.get((first + 1) % grooms.size()));
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 1, 3);
    }

    private static void killAll(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        long generation = ledger.generation();
        for (String groom : trial.cluster().grooms()) {
            Hits.kill(trial, groom);
        }
        Waits.pause(ALL_AWAY_MS);
        long fromNs = Waits.nowNs();
        for (String groom : trial.cluster().grooms()) {
            trial.cluster().start(groom);
        }
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        trial.right(ledger, 0);
    }
}
