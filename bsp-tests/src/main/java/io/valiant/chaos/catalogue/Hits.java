package io.valiant.chaos.catalogue;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blows that several scenarios deal, and the figures taken after them. */
final class Hits {
    /** Figure: from the blow to the first superstep of the next attempt. */
    static final String NEXT_ATTEMPT = "next_attempt_ms";

    /** Figure: from the blow to the first superstep of the next generation. */
    static final String RUNNING_AGAIN = "running_again_ms";

    /** By the contract, for a child that ends. */
    static final long NEXT_ATTEMPT_MS = 2_000;

    /** Expiry of the quick clusters and five seconds. */
    static final long RUNNING_AGAIN_MS = 7_000;

    private Hits() {}

    /** Waits for the next attempt of the victim's task to run. */
    static void awaitNextAttempt(Trial trial, LedgerRun ledger, LedgerLine victim, long fromNs) throws IOException {
        Optional<LedgerLine> next = ledger.await(
                Trial.LONG_MS,
                line -> line.task() == victim.task()
                        && line.attempt().number() > victim.attempt().number());
        if (trial.expect(next.isPresent(), "no attempt runs after " + victim.attempt())) {
            trial.figure(NEXT_ATTEMPT, Waits.sinceMs(fromNs));
        }
    }

    /** Waits for a generation after that one to run. */
    static void awaitGeneration(Trial trial, LedgerRun ledger, long after, long fromNs) throws IOException {
        Optional<LedgerLine> next = ledger.await(Trial.LONG_MS, line -> line.generation() > after);
        if (trial.expect(next.isPresent(), ledger.id() + ": no generation runs after " + after)) {
            trial.figure(RUNNING_AGAIN, Waits.sinceMs(fromNs));
        }
    }

    /** The groom's own process and those of its children. */
    static List<Long> treeOf(ClusterFixture cluster, String groom) throws IOException {
        List<Long> tree = new ArrayList<>(List.of(cluster.pid(groom)));
        tree.addAll(childrenOf(cluster, groom));
        return tree;
    }

    /** The children that work in the groom's folder. */
    static List<Long> childrenOf(ClusterFixture cluster, String groom) throws IOException {
        return ProcessScan.children(cluster.local(groom));
    }

    /** The children among them that have worked for that job: no spare that still waits. */
    static List<Long> workersOf(ClusterFixture cluster, String groom, LedgerRun ledger) throws IOException {
        List<Long> workers = ledger.lines().stream().map(LedgerLine::pid).toList();
        return childrenOf(cluster, groom).stream().filter(workers::contains).toList();
    }

    /** The daemon does not run while the trial lasts longer, but does at its end. */
    static void kill(Trial trial, String daemon) throws IOException {
        ClusterFixture cluster = trial.cluster();
        trial.atEnd(() -> restartIfGone(cluster, daemon));
        ProcessScan.kill(cluster.pid(daemon));
        Waits.until(Trial.LONG_MS, () -> cluster.pid(daemon) < 0);
    }

    private static void restartIfGone(ClusterFixture cluster, String daemon) throws IOException {
        if (cluster.pid(daemon) < 0) {
            cluster.start(daemon);
        }
    }

    /** Stops processes for a time; they go on at the end of the trial at the latest. */
    static void freeze(Trial trial, List<Long> pids) throws IOException {
        trial.atEnd(() -> thaw(pids));
        ProcessScan.signal("STOP", pids);
    }

    /** Those of the processes that are still there go on. */
    static void thaw(List<Long> pids) throws IOException {
        List<Long> alive = pids.stream().filter(ProcessScan::isAlive).toList();
        if (!alive.isEmpty()) {
            ProcessScan.signal("CONT", alive);
        }
    }
}
