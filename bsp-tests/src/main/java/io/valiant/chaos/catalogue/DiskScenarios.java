package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.Machine;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.SmallDisk;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Disks that are full, read-only or gone. */
final class DiskScenarios {
    private static final String GROOM = "groom-1";
    private static final String MASTER = ClusterFixture.MASTER;
    private static final LedgerPlan PLAN = LedgerPlan.usual().steps(200, 100);
    private static final int MEBIBYTES = 16;
    private static final int AT_SUPERSTEP = 10;
    private static final String UNHEALTHY = "unhealthy_ms";
    private static final long UNHEALTHY_MS = 10_000;
    private static final ClusterShape SHAPE = ClusterShape.quick()
            .with("bsp.groom.disk.check.interval", "1s")
            .with("bsp.groom.disk.min.free", "1m")
            .alone();
    private static final String MOVED =
            "UNHEALTHY within 10 s, its tasks moved and not charged, SUCCEEDED with the hash;"
                    + " ACTIVE again without a restart when that ends";

    private DiskScenarios() {}

    /** What is done to a disk, and what takes it back. */
    private record Harm(Step doing, Step undoing) {}

    private interface Step {
        void run() throws IOException;
    }

    static List<Scenario> all() {
        return List.of(
                scenario("disks.full", "a groom's local disk, a tmpfs of 16 MiB, is filled at superstep 10")
                        .holds(MOVED)
                        .on(SHAPE)
                        .limit(UNHEALTHY, 100, UNHEALTHY_MS)
                        .unless(Machine::mountObstacle)
                        .by(trial -> {
                            SmallDisk disk =
                                    mounted(trial, GROOM, trial.cluster().local(GROOM));
                            moved(trial, new Harm(disk::fill, disk::free));
                        }),
                scenario("disks.read-only", "a groom's local disk becomes read-only at superstep 10")
                        .holds(MOVED)
                        .on(SHAPE)
                        .limit(UNHEALTHY, 100, UNHEALTHY_MS)
                        .unless(Machine::mountObstacle)
                        .by(trial -> {
                            SmallDisk disk =
                                    mounted(trial, GROOM, trial.cluster().local(GROOM));
                            moved(trial, new Harm(disk::readOnly, disk::writable));
                        }),
                scenario("disks.deleted", "a groom's local folder is deleted at superstep 10")
                        .holds(MOVED)
                        .on(SHAPE)
                        .limit(UNHEALTHY, 100, UNHEALTHY_MS)
                        .by(trial -> {
                            Path local = trial.cluster().local(GROOM);
                            moved(trial, new Harm(() -> delete(local), () -> Files.createDirectories(local)));
                        }),
                scenario(
                                "disks.output-full",
                                "the disk of the output is full as the job ends, and has room again later")
                        .holds("SUCCEEDED with the hash, nobody charged, no roll-back")
                        .unless(Machine::mountObstacle)
                        .by(DiskScenarios::output),
                scenario("disks.master-log-full", "the disk of the master's log is full")
                        .holds("the master keeps working: SUCCEEDED with the hash, nobody charged, no roll-back")
                        .on(SHAPE)
                        .unless(Machine::mountObstacle)
                        .by(DiskScenarios::masterLog),
                scenario("disks.master-state-full", "the disk of the master's store is full for a time")
                        .holds("submits are refused meanwhile and work again after; the running job SUCCEEDED with the"
                                + " hash, nobody charged")
                        .on(SHAPE)
                        .unless(Machine::mountObstacle)
                        .by(DiskScenarios::masterState));
    }

    /** A small disk of its own for a daemon's folder: stopped, mounted, started. */
    private static SmallDisk mounted(Trial trial, String daemon, Path at) throws IOException {
        ClusterFixture cluster = trial.cluster();
        cluster.stop(daemon);
        SmallDisk disk = SmallDisk.mount(at, MEBIBYTES);
        trial.whenGone(disk::close);
        cluster.start(daemon);
        for (String groom : cluster.grooms()) {
            trial.awaitGroom(groom, "ACTIVE", Trial.LONG_MS);
        }
        return disk;
    }

    private static void moved(Trial trial, Harm harm) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, AT_SUPERSTEP);
        trial.expect(
                Hits.childrenOf(trial.cluster(), GROOM).size() > 0, GROOM + " runs no task: nothing could be moved");
        long before = unhealthy(trial);
        long fromNs = Waits.nowNs();
        harm.doing.run();
        boolean told = Waits.until(Trial.LONG_MS, () -> unhealthy(trial) > before);
        trial.expect(told, "the master's log does not tell that " + GROOM + " is UNHEALTHY");
        trial.figure(UNHEALTHY, Waits.sinceMs(fromNs));
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 1, 2);
        for (JsonNode attempt : facts.attempts()) {
            if (attempt.path("groom").asText().equals(GROOM)) {
                String cause = attempt.path("cause").path("type").asText("none");
                trial.expect(
                        cause.equals("STORAGE"), attempt.path("id").asText() + " ended by " + cause + ", not STORAGE");
            }
        }
        harm.undoing.run();
        trial.awaitGroom(GROOM, "ACTIVE", Trial.LONG_MS);
    }

    /** How often the groom became UNHEALTHY: a folder that was removed is made anew so soon that no command may see it. */
    private static long unhealthy(Trial trial) throws IOException {
        return trial.cluster()
                .log(MASTER)
                .lines()
                .filter(line -> line.contains("[" + GROOM + " ") && line.contains("is UNHEALTHY"))
                .count();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void output(Trial trial) throws IOException {
        LedgerPlan plan = LedgerPlan.usual().steps(2 * AT_SUPERSTEP, 100);
        Path outputs = trial.folder().resolve("small-disk");
        SmallDisk disk = SmallDisk.mount(outputs, 1);
        trial.atEnd(disk::close);
        LedgerRun ledger = trial.ledgerAt(plan.outputs(outputs.toString()), AT_SUPERSTEP);
        disk.fill();
        for (int task = 0; task < plan.tasks(); task++) {
            int wanted = task;
            boolean last = ledger.await(
                            Trial.LONG_MS, line -> line.task() == wanted && line.superstep() + 1 == plan.supersteps())
                    .isPresent();
            trial.expect(last, "task " + task + " did not come to its last superstep");
        }
        Waits.pause(trial.away().toMillis());
        disk.free();
        MasterScenarios.undisturbed(trial, ledger);
    }

    private static void masterLog(Trial trial) throws IOException {
        SmallDisk disk = mounted(trial, MASTER, trial.cluster().logs(MASTER));
        disk.fill();
        LedgerRun ledger = trial.ledger(LedgerPlan.usual());
        MasterScenarios.undisturbed(trial, ledger);
        disk.free();
    }

    private static void masterState(Trial trial) throws IOException {
        Path state = trial.cluster().folder().resolve("state");
        SmallDisk disk = mounted(trial, MASTER, state);
        LedgerRun ledger = trial.ledgerAt(PLAN, AT_SUPERSTEP);
        disk.fill();
        Path impatient = trial.cluster().clientConf("impatient", impatience());
        Outcome refused = trial.cluster()
                .begin(impatient, List.of("example", "pi", "--tasks", "1", "--darts", "10", "--detach"))
                .end(Trial.LONG_MS);
        trial.expect(
                refused.code() == 1 || refused.code() == 4,
                "a submit that cannot be stored: expected exit 1 or 4, was " + refused.told());
        disk.free();
        Outcome accepted = trial.cluster().bsp("example", "pi", "--tasks", "1", "--darts", "10");
        trial.expect(accepted.code() == 0, "submit when there is room again: " + accepted.told());
        trial.right(ledger, 0);
    }

    private static SortedMap<String, String> impatience() {
        return new TreeMap<>(Map.of("bsp.client.timeout", "5s"));
    }
}
