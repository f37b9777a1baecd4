package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.Machine;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.SmallDisk;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.program.FaultyLedger;
import io.valiant.chaos.program.FaultyLedger.Fault;
import io.valiant.chaos.scenario.Described;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Going on from checkpoints, and checkpoints that are bad. */
final class CheckpointScenarios {
    /** Checkpoints at 20 and 25 are there when a task is in 27. */
    private static final int AT_SUPERSTEP = 27;

    private static final int NEWEST = 25;
    private static final int BEFORE = 20;
    private static final LedgerPlan PLAN = LedgerPlan.usual().steps(40, 250);
    private static final int POSITIONS = 200;
    private static final List<Damage> DAMAGES = List.of(Damage.values());

    private CheckpointScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(List.of(
                scenario("checkpoints.used", "kill -9 of a child in superstep 27, a checkpoint every 5")
                        .holds("SUCCEEDED with the hash, one charged; all tasks went on in superstep 25")
                        .by(trial -> killed(trial, atNewest(trial), NEWEST, NEWEST)),
                scenario(
                                "checkpoints.damage",
                                "the newest checkpoint is damaged at a place drawn by chance (a bit, the end, a"
                                        + " file, two tasks' parts exchanged, another job's part), then a child killed")
                        .holds("SUCCEEDED with the hash, one charged, gone on in superstep 20, the reason logged")
                        .runs(POSITIONS)
                        .by(CheckpointScenarios::damage),
                scenario("checkpoints.all-bad", "all checkpoints are damaged, then a child killed")
                        .holds("SUCCEEDED with the hash, one charged, gone on in superstep 0")
                        .by(CheckpointScenarios::allBad),
                scenario(
                                "checkpoints.after-master",
                                "kill -9 of a child, of the master in the roll-back, both by checkpoints")
                        .holds("SUCCEEDED with the hash, one charged, all tasks went on in superstep 25")
                        .by(CheckpointScenarios::afterMaster),
                scenario(
                                "checkpoints.dir-full",
                                "the disk of the checkpoints is full from superstep 12 on, then a child killed")
                        .holds(
                                "the job goes on without new ones; SUCCEEDED with the hash, one charged, gone on in superstep 5 or"
                                        + " 10")
                        .on(ClusterShape.quick()
                                .with("bsp.fs.retry.window", "1s")
                                .alone())
                        .unless(Machine::mountObstacle)
                        .by(CheckpointScenarios::dirFull)));
        for (int superstep = 0; superstep <= 2; superstep++) {
            all.add(beforeFirst(superstep));
        }
        all.add(scenario("checkpoints.before-first-setup", "kill -9 of a child while its program sets up")
                .holds("SUCCEEDED with the hash, one charged, at most 2 attempts of each task")
                .by(CheckpointScenarios::setup));
        return all;
    }

    private static Described beforeFirst(int superstep) {
        return scenario(
                        "checkpoints.before-first-" + superstep,
                        "kill -9 of a child in superstep " + superstep + ", a checkpoint every 10")
                .holds("SUCCEEDED with the hash, one charged, at most 2 attempts of each task")
                .by(trial -> {
                    LedgerPlan plan = LedgerPlan.usual().with("-D", "bsp.checkpoint.interval=10");
                    LedgerRun ledger = trial.ledger(plan);
                    LedgerLine victim = ledger.await(Trial.LONG_MS, line -> line.superstep() == superstep)
                            .orElseThrow(() -> new IOException(ledger.id() + " did not reach superstep " + superstep));
                    ProcessScan.kill(victim.pid());
                    atMostTwoAttempts(trial, trial.right(ledger, 1));
                });
    }

    private static void atMostTwoAttempts(Trial trial, JobFacts facts) {
        for (int task = 0; task < facts.json().path("tasks").asInt(); task++) {
            int attempts = facts.attempts(task).size();
            trial.expect(attempts <= 2, "task " + task + " had " + attempts + " attempts");
        }
    }

    private static void setup(Trial trial) throws IOException {
        LedgerPlan plan = LedgerPlan.usual()
                .steps(12, 50)
                .with(FaultScenarios.settings(Fault.SLOW_START, 1))
                .with("-D", FaultyLedger.MILLISECONDS + "=30000");
        LedgerRun ledger = FaultScenarios.program(trial, plan);
        Path told = Path.of(ledger.file() + ".start");
        boolean began = Waits.until(Trial.LONG_MS, () -> !LedgerRun.lines(told).isEmpty());
        if (trial.expect(began, "no task told of its start")) {
            ProcessScan.kill(LedgerRun.lines(told).get(0).pid());
        }
        atMostTwoAttempts(trial, trial.right(ledger, 1));
    }

    /** A checkpoint's folder in generation 1. */
    private static Path folder(Trial trial, LedgerRun ledger, int superstep) {
        return trial.cluster()
                .folder()
                .resolve("system/checkpoints")
                .resolve(ledger.id())
                .resolve("g1-s" + superstep);
    }

    /** A ledger in superstep 27 with a complete checkpoint of 25. */
    private static LedgerRun atNewest(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, AT_SUPERSTEP);
        Path manifest = folder(trial, ledger, NEWEST).resolve("manifest");
        trial.expect(Files.exists(manifest), "no checkpoint in superstep " + AT_SUPERSTEP + ": " + manifest);
        return ledger;
    }

    /** Kills a child; the job ends well, and all tasks have gone on in a superstep between the two. */
    private static void killed(Trial trial, LedgerRun ledger, int least, int most) throws IOException {
        LedgerLine victim = trial.anyTask(ledger);
        long fromNs = Waits.nowNs();
        ProcessScan.kill(victim.pid());
        Hits.awaitNextAttempt(trial, ledger, victim, fromNs);
        trial.right(ledger, 1);
        wentOn(trial, ledger, least, most);
    }

    /** Every task's first superstep in the newest generation. */
    private static void wentOn(Trial trial, LedgerRun ledger, int least, int most) throws IOException {
        long generation = ledger.generation();
        long first = ledger.lines().stream()
                .filter(line -> line.generation() == generation)
                .mapToLong(LedgerLine::superstep)
                .min()
                .orElse(-1);
        trial.expect(
                first >= least && first <= most,
                "generation " + generation + " went on in superstep " + first + ", expected "
                        + (least == most ? "" + least : least + " to " + most));
    }

    private static void damage(Trial trial) throws IOException {
        Damage damage = DAMAGES.get(trial.run() % DAMAGES.size());
        LedgerRun other = damage == Damage.FOREIGN ? trial.ledgerAt(PLAN.tasks(2), NEWEST + 1) : null;
        List<Path> theirs = other == null ? List.of() : copies(trial, folder(trial, other, NEWEST));
        LedgerRun ledger = atNewest(trial);
        List<Path> files = files(folder(trial, ledger, NEWEST));
        if (trial.expect(!files.isEmpty(), "nothing to damage in the checkpoint of superstep " + NEWEST)) {
            damage.to(files, theirs, trial.random());
        }
        killed(trial, ledger, BEFORE, BEFORE);
        boolean told = trial.cluster()
                .log(ClusterFixture.MASTER)
                .lines()
                .anyMatch(line ->
                        line.contains(ledger.id()) && line.contains("checkpoint") && line.contains("" + NEWEST));
        trial.expect(told, "the master's log does not tell of the bad checkpoint of superstep " + NEWEST);
        if (other != null) {
            trial.right(other, 0);
        }
    }

    /** Copies of its files, which go on being there when the job has newer checkpoints. */
    private static List<Path> copies(Trial trial, Path folder) throws IOException {
        List<Path> copies = new ArrayList<>();
        Path into = Files.createDirectories(trial.folder().resolve("copies"));
        for (Path file : files(folder)) {
            copies.add(Files.copy(file, into.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING));
        }
        return copies;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void allBad(Trial trial) throws IOException {
        LedgerRun ledger = atNewest(trial);
        for (int superstep : List.of(BEFORE, NEWEST)) {
            for (Path file : files(folder(trial, ledger, superstep))) {
                Damage.FLIP.to(file, trial.random());
            }
        }
        killed(trial, ledger, 0, 0);
    }

    private static void afterMaster(Trial trial) throws IOException {
        LedgerRun ledger = atNewest(trial);
        LedgerLine victim = trial.anyTask(ledger);
        ProcessScan.kill(victim.pid());
        Waits.pause(trial.random().nextInt(800));
        Hits.kill(trial, ClusterFixture.MASTER);
        trial.cluster().start(ClusterFixture.MASTER);
        trial.right(ledger, 1);
        wentOn(trial, ledger, NEWEST, NEWEST);
    }

    private static void dirFull(Trial trial) throws IOException {
        SmallDisk disk = SmallDisk.mount(trial.cluster().folder().resolve("system/checkpoints"), 1);
        trial.whenGone(disk::close);
        LedgerRun ledger = trial.ledgerAt(PLAN, 12);
        disk.fill();
        boolean past = ledger.await(Trial.LONG_MS, line -> line.superstep() == AT_SUPERSTEP)
                .isPresent();
        trial.expect(past, "the job did not go on when the checkpoints' disk was full");
        killed(trial, ledger, 5, 10);
        disk.free();
    }
}
