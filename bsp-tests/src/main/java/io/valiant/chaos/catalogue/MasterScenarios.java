package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Blows at the master. */
final class MasterScenarios {
    private static final String MASTER = ClusterFixture.MASTER;
    private static final LedgerPlan PLAN = LedgerPlan.usual().steps(60, 100);
    private static final int LATEST_SUPERSTEP = 30;
    private static final long AWAY_MS = 1_000;
    private static final int SWEEP_RUNS = 100;
    private static final long SWEEP_STEP_MS = 100;
    private static final long LONG_AWAY_MS = 300_000;
    private static final long COMMAND_S = 300;

    /** Figure: from the beginning of the master's start to an accepted submit. */
    static final String SUBMIT_WORKS = "submit_works_ms";

    /** What users are promised. */
    static final long SUBMIT_WORKS_MS = 5_000;

    private static final String SAME =
            "SUCCEEDED with the hash under its id, nobody charged, no roll-back, the same children";

    private MasterScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario("master.kill", "kill -9 of the master in the middle of a job, started again after 1 s")
                        .holds(SAME + "; a submit is accepted within 5 s of the start")
                        .limit(SUBMIT_WORKS, 100, SUBMIT_WORKS_MS)
                        .by(MasterScenarios::kill),
                scenario("master.sweep", "kill -9 of the master 0.1 s x run after a job's command, started after 1 s")
                        .holds(SAME + ", unless the kill hit the launch; the command waits and exits 0")
                        .runs(SWEEP_RUNS)
                        .by(MasterScenarios::sweep),
                scenario("master.away", "kill -9 of the master, away for --away (2 s unless told)")
                        .holds(SAME + ": they pause at most")
                        .by(trial -> away(trial, trial.away().toMillis())),
                scenario("master.away-long", "kill -9 of the master, away for 5 minutes")
                        .holds(SAME + ": they pause at most")
                        .on(ClusterShape.quick().with("bsp.client.timeout", "10m"))
                        .by(trial -> away(trial, LONG_AWAY_MS)),
                scenario("master.freeze", "SIGSTOP of the master for twice the expiry, then SIGCONT")
                        .holds(SAME + "; no groom LOST")
                        .by(MasterScenarios::freeze),
                scenario("master.kill-with-groom", "kill -9 of the master and of a groom; both back after 1 s")
                        .holds("SUCCEEDED with the hash, nobody charged, 1 or 2 roll-backs")
                        .by(MasterScenarios::withGroom),
                scenario("master.kill-with-child", "kill -9 of the master, and of a child while it is away")
                        .holds("SUCCEEDED with the hash, that child alone charged, 1 or 2 roll-backs")
                        .by(MasterScenarios::withChild),
                scenario(
                                "master.kill-in-recovery",
                                "kill -9 of a child, then of the master while the job is rolled back")
                        .holds("SUCCEEDED with the hash, that child alone charged, 1 to 3 roll-backs")
                        .by(MasterScenarios::inRecovery),
                scenario("master.kill-often", "kill -9 of the master again and again in one job")
                        .holds(SAME)
                        .by(MasterScenarios::often));
    }

    /** kill -9, so long away, started again. */
    private static void restart(Trial trial, long awayMs) throws IOException {
        Hits.kill(trial, MASTER);
        Waits.pause(awayMs);
        trial.cluster().start(MASTER);
    }

    static void kill(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        Hits.kill(trial, MASTER);
        Waits.pause(AWAY_MS);
        measureStart(trial);
        undisturbed(trial, ledger);
    }

    /** Starts the master and, at the same time, a submit; notes when it is accepted. */
    static void measureStart(Trial trial) throws IOException {
        ClusterFixture cluster = trial.cluster();
        long fromNs = Waits.nowNs();
        Command start = cluster.beginStart(MASTER, new TreeMap<>());
        Command submit =
                cluster.begin(cluster.conf(), List.of("example", "pi", "--tasks", "1", "--darts", "10", "--detach"));
        Outcome accepted = submit.end(COMMAND_S);
        trial.figure(SUBMIT_WORKS, Waits.sinceMs(fromNs));
        trial.expect(accepted.code() == 0, "submit after the master's start: " + accepted.told());
        Outcome started = start.end(COMMAND_S);
        trial.expect(started.code() == 0, "start of the master: " + started.told());
        String id = accepted.out().strip();
        Outcome ended = cluster.bsp("job", "wait", id, "--timeout", "120s");
        trial.expect(ended.code() == 0, "job " + id + " submitted after the start: " + ended.told());
    }

    /** The job has noticed nothing but a pause. */
    static void undisturbed(Trial trial, LedgerRun ledger) throws IOException {
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 0, 0);
        trial.expect(
                facts.attempts().size() == ledger.plan().tasks(),
                facts.attempts().size() + " attempts for " + ledger.plan().tasks() + " tasks");
        long pids = ledger.lines().stream().map(LedgerLine::pid).distinct().count();
        trial.expect(
                pids == ledger.plan().tasks(),
                pids + " processes for " + ledger.plan().tasks() + " tasks");
    }

    private static void sweep(Trial trial) throws IOException {
        long fromNs = Waits.nowNs();
        LedgerRun ledger = trial.ledger(LedgerPlan.usual().steps(30, 200));
        long atMs = SWEEP_STEP_MS * trial.run();
        Waits.pause(atMs - Waits.sinceMs(fromNs));
        boolean launched = ledger.newest().size() == ledger.plan().tasks();
        Hits.kill(trial, MASTER);
        Waits.pause(AWAY_MS);
        trial.cluster().start(MASTER);
        trial.figure("killed_after_ms", atMs);
        if (launched) {
            undisturbed(trial, ledger);
        } else {
            trial.right(ledger, 0);
        }
    }

    private static void away(Trial trial, long awayMs) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        restart(trial, awayMs);
        undisturbed(trial, ledger);
    }

    private static void freeze(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        List<Long> master = List.of(trial.cluster().pid(MASTER));
        Hits.freeze(trial, master);
        trial.pause(4_000);
        Hits.thaw(master);
        undisturbed(trial, ledger);
    }

    private static void withGroom(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        String groom = trial.groomOf(trial.anyTask(ledger).pid());
        long generation = ledger.generation();
        long fromNs = Waits.nowNs();
        Hits.kill(trial, groom);
        restart(trial, AWAY_MS);
        trial.cluster().start(groom);
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 1, 2);
    }

    private static void withChild(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        LedgerLine victim = trial.anyTask(ledger);
        Hits.kill(trial, MASTER);
        ProcessScan.kill(victim.pid());
        Waits.pause(AWAY_MS);
        long fromNs = Waits.nowNs();
        trial.cluster().start(MASTER);
        Hits.awaitNextAttempt(trial, ledger, victim, fromNs);
        JobFacts facts = trial.right(ledger, 1);
        trial.ended(facts, victim.attempt().toString(), "FAILED", "SIGNAL");
        trial.rollbacks(facts, 1, 2);
    }

    private static void inRecovery(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(LATEST_SUPERSTEP));
        LedgerLine victim = trial.anyTask(ledger);
        long fromNs = Waits.nowNs();
        ProcessScan.kill(victim.pid());
        Waits.pause(trial.random().nextInt(1_500));
        restart(trial, AWAY_MS);
        Hits.awaitNextAttempt(trial, ledger, victim, fromNs);
        JobFacts facts = trial.right(ledger, 1);
        trial.ended(facts, victim.attempt().toString(), "FAILED", "SIGNAL");
        trial.rollbacks(facts, 1, 3);
    }

    private static void often(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN.steps(100, 200), 1);
        for (int time = 0; time < 4; time++) {
            restart(trial, trial.random().nextInt(1_000));
            Waits.pause(trial.random().nextInt(1_500));
        }
        undisturbed(trial, ledger);
    }
}
