package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;

/** Damage to what the master has stored, while it is away: the noun is {@code master} here too. */
final class StoreScenarios {
    private static final String MASTER = ClusterFixture.MASTER;
    private static final LedgerPlan PLAN = LedgerPlan.usual().steps(60, 100);

    /** Where an SQLite file keeps the version its user gave it. */
    private static final int USER_VERSION_OFFSET = 60;

    private static final int LATER_VERSION = 999;
    private static final int MOST_TAIL = 4_000;
    private static final long COMMAND_S = 120;

    private StoreScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario(
                                "master.torn-tail",
                                "kill -9 of the master; its store ends with part of a write that never was")
                        .holds("starts; SUCCEEDED with the hash, nobody charged, no roll-back")
                        .by(StoreScenarios::tornTail),
                scenario("master.later-version", "the master's store says it is of a later version")
                        .holds(
                                "the start is refused with exit 1 and that version; put back, it starts and knows its jobs")
                        .on(ClusterShape.quick().of(1, 2).alone())
                        .by(StoreScenarios::laterVersion));
    }

    private static void tornTail(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(PLAN, trial.random().nextInt(20));
        Hits.kill(trial, MASTER);
        byte[] tail = new byte[1 + trial.random().nextInt(MOST_TAIL)];
        for (int i = 0; i < tail.length; i++) {
            tail[i] = (byte) trial.random().nextInt();
        }
        Path log = trial.cluster().folder().resolve("state").resolve("master.db-wal");
        trial.expect(Files.exists(log), "the store has no log " + log + " that could be torn");
        Files.write(log, tail, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        trial.cluster().start(MASTER);
        MasterScenarios.undisturbed(trial, ledger);
    }

    private static void laterVersion(Trial trial) throws IOException {
        ClusterFixture cluster = trial.cluster();
        LedgerRun ledger = trial.ledger(LedgerPlan.usual().tasks(1).steps(2, 0));
        trial.right(ledger, 0);
        cluster.stop(MASTER);
        Path store = cluster.folder().resolve("state").resolve("master.db");
        int version = version(store, LATER_VERSION);
        trial.atEnd(() -> {
            if (cluster.pid(MASTER) < 0) {
                version(store, version);
                cluster.start(MASTER);
            }
        });
        Command start = cluster.beginStart(MASTER, new TreeMap<>());
        Outcome outcome = start.end(COMMAND_S);
        trial.expect(outcome.code() == 1, "start with a later store: expected exit 1, was " + outcome.told());
        String said = outcome.out() + outcome.err();
        trial.expect(said.contains("" + LATER_VERSION), "the refusal does not name the version: " + said.strip());
        version(store, version);
        cluster.start(MASTER);
        Outcome known = cluster.bsp("job", "status", ledger.id());
        trial.expect(known.code() == 0, "the job is not known any more: " + known.told());
    }

    /** Sets the version of a store that nobody has open; the one it had. */
    private static int version(Path store, int version) throws IOException {
        try (FileChannel file = FileChannel.open(store, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer before = ByteBuffer.allocate(Integer.BYTES);
            file.read(before, USER_VERSION_OFFSET);
            file.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, version), USER_VERSION_OFFSET);
            return before.getInt(0);
        }
    }
}
