package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several faults in one job. */
final class SeveralScenarios {
    private static final int STORMS = 10;
    private static final int BLOWS = 5;
    private static final int MOST_PAUSE_MS = 3_000;
    private static final LedgerPlan PLAN = LedgerPlan.usual()
            .steps(120, 100)
            .with("-D", "bsp.task.max.attempts=20", "-D", "bsp.job.max.rollbacks=100");

    private SeveralScenarios() {}

    private enum Blow {
        KILL_CHILD,
        STOP_CHILD,
        KILL_GROOM,
        FREEZE_GROOM,
        KILL_MASTER
    }

    private static final List<Blow> KINDS = List.of(Blow.values());

    static List<Scenario> all() {
        return List.of(
                scenario(
                                "several.at-once",
                                "kill -9 of a child, a groom and the master at a time; daemons back after 1 s")
                        .holds("SUCCEEDED with the hash, at most that child charged")
                        .by(SeveralScenarios::atOnce),
                scenario(
                                "several.storm",
                                "five blows drawn by chance: children killed and stopped, grooms killed and"
                                        + " frozen, the master killed")
                        .holds("SUCCEEDED with the hash, at most the children that were hit charged")
                        .runs(STORMS)
                        .by(SeveralScenarios::storm));
    }

    private static void atOnce(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(60));
        LedgerLine child = trial.anyTask(ledger);
        String groom = trial.groomOf(trial.anyTask(ledger).pid());
        long generation = ledger.generation();
        long fromNs = Waits.nowNs();
        ProcessScan.kill(child.pid());
        Hits.kill(trial, groom);
        Hits.kill(trial, ClusterFixture.MASTER);
        Waits.pause(1_000);
        trial.cluster().start(ClusterFixture.MASTER);
        trial.cluster().start(groom);
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        ChildScenarios.rightWithCharges(trial, ledger, 0, 1);
    }

    private static void storm(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, 3);
        List<String> blows = new ArrayList<>();
        int charges = 0;
        for (int blow = 0; blow < BLOWS && ledger.client().isAlive(); blow++) {
            Waits.pause(trial.random().nextInt(MOST_PAUSE_MS));
            Blow next = KINDS.get(trial.random().nextInt(KINDS.size()));
            blows.add(next.name());
            charges += strike(trial, next);
        }
        ChildScenarios.rightWithCharges(trial, ledger, 0, charges);
        trial.expect(trial.wrong().isEmpty(), "the blows were " + blows);
    }

    /** Deals a blow; how many attempts may be charged for it. */
    private static int strike(Trial trial, Blow blow) throws IOException {
        ClusterFixture cluster = trial.cluster();
        List<Long> children = ProcessScan.children(cluster.folder());
        String groom =
                cluster.grooms().get(trial.random().nextInt(cluster.grooms().size()));
        switch (blow) {
            case KILL_CHILD, STOP_CHILD -> {
                if (children.isEmpty()) {
                    return 0;
                }
                long child = children.get(trial.random().nextInt(children.size()));
                if (blow == Blow.KILL_CHILD) {
                    ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
                } else if (ProcessScan.isAlive(child)) {
                    Hits.freeze(trial, List.of(child));
                }
                return 1;
            }
            case KILL_GROOM -> restart(trial, groom);
            case FREEZE_GROOM -> {
                List<Long> tree = Hits.treeOf(cluster, groom);
                Hits.freeze(trial, tree);
                trial.pause(trial.random().nextInt(4_000));
                Hits.thaw(tree);
            }
            case KILL_MASTER -> restart(trial, ClusterFixture.MASTER);
        }
        return 0;
    }

    private static void restart(Trial trial, String daemon) throws IOException {
        Hits.kill(trial, daemon);
        Waits.pause(trial.random().nextInt(MOST_PAUSE_MS));
        trial.cluster().start(daemon);
    }
}
