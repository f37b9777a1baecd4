package io.valiant.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.AttemptState;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.JobState;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.Exit;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.TaskResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final JobId JOB = new JobId("job_c1_1");
    private static final CheckpointRef RESTORE = new CheckpointRef(1, 4, "file:/s/checkpoints/job_c1_1/g1-s4", 3);

    @TempDir
    Path folder;

    private SqliteStore open() throws BspException {
        return SqliteStore.open(folder.resolve("master.db"));
    }

    private static SortedMap<String, String> map(String key, String value) {
        TreeMap<String, String> map = new TreeMap<>();
        map.put(key, value);
        return map;
    }

    private static MasterRecord.Cluster cluster(long epoch) {
        return new MasterRecord.Cluster("c1", epoch, 2);
    }

    private static MasterRecord.Job job(JobId id, JobState state) {
        TreeMap<String, Aggregate> aggregators = new TreeMap<>();
        aggregators.put("sum", Aggregate.LONG_SUM);
        JobSpec spec = new JobSpec(
                "näme 'x'",
                "ann",
                null,
                "key",
                "bsp",
                "a.B",
                null,
                null,
                List.of("file:/a.jar"),
                2,
                List.of(new JobInput("input", "/in", "text")),
                "/out",
                true,
                map("a", "b"),
                map("c", "d"),
                map("E", "f"),
                aggregators,
                1 << 30,
                List.of("-Dx=y"),
                3,
                "zone=a",
                3,
                10);
        Cause cause = new Cause(CauseType.USER_ERROR, "m", "a", "g", 4L, "x.Y: z\n  at q", "/in", 7L);
        return new MasterRecord.Job(
                id, 1, spec, state, 5, 2, 1, RESTORE, 1, true, "secret", cause, TIME, null, TIME, true);
    }

    private static MasterRecord.Attempt attempt(int task) {
        TreeMap<String, SortedMap<String, Long>> counters = new TreeMap<>();
        TreeMap<String, Long> numbers = new TreeMap<>();
        numbers.put("n", 9L);
        counters.put("g", numbers);
        TaskResult result =
                new TaskResult(List.of(new OutputPart(task, "file:/t", "part-00000", 12, -3)), counters, 44, numbers);
        return new MasterRecord.Attempt(
                new AttemptId(JOB, task, 1),
                new GroomId("host:1"),
                3,
                5,
                AttemptState.COMMITTING,
                false,
                77L,
                "host",
                99,
                new Exit(null, "SIGKILL"),
                null,
                result,
                TIME,
                null,
                false);
    }

    private static List<MasterRecord> everything(long epoch) {
        List<MasterRecord> rows = new ArrayList<>();
        rows.add(cluster(epoch));
        rows.add(new MasterRecord.Groom(
                new GroomId("host:1"),
                3,
                "tag",
                GroomState.LOST,
                "host",
                50000,
                "not heard of",
                "drained by ann",
                true));
        rows.add(job(JOB, JobState.RUNNING));
        rows.add(new MasterRecord.Splits(JOB, List.of(List.of(new InputSplit("input", "file:/in", 0, 5)), List.of())));
        CheckpointRef ref = new CheckpointRef(1, 9, "file:/s/checkpoints/job_c1_1/g1-s9", -5);
        rows.add(new MasterRecord.Checkpoints(JOB, List.of(new MasterRecord.Checkpoint(ref, 1L << 40, TIME))));
        rows.add(attempt(0));
        rows.add(attempt(1));
        return rows;
    }

    @Test
    void newDatabaseIsEmpty() throws Exception {
        try (SqliteStore store = open()) {
            assertThat(store.load()).isEmpty();
        }
    }

    @Test
    void rowsAreThereAfterReopening() throws Exception {
        try (SqliteStore store = open()) {
            store.load();
            store.write(everything(1));
        }
        try (SqliteStore store = open()) {
            assertThat(store.load()).isEqualTo(everything(1));
        }
    }

    @Test
    void batchWrittenTwiceIsABatchWrittenOnce() throws Exception {
        try (SqliteStore store = open()) {
            store.load();
            store.write(everything(1));
            store.write(everything(1));
            assertThat(store.load()).isEqualTo(everything(1));
        }
    }

    @Test
    void laterRowReplacesAnEarlierOne() throws Exception {
        try (SqliteStore store = open()) {
            store.load();
            store.write(List.of(cluster(1), job(JOB, JobState.PENDING)));
            store.write(List.of(job(JOB, JobState.RUNNING), job(JOB, JobState.SUCCEEDED)));
            assertThat(store.load()).containsExactly(cluster(1), job(JOB, JobState.SUCCEEDED));
        }
    }

    @Test
    void writeOfAnOlderEpochNeverLands() throws Exception {
        try (SqliteStore old = open();
                SqliteStore next = open()) {
            old.load();
            old.write(List.of(cluster(1)));
            next.load();
            next.write(List.of(cluster(2)));
            assertThatThrownBy(() -> old.write(List.of(job(JOB, JobState.FAILED))))
                    .isInstanceOf(BspException.class)
                    .matches(e -> ((BspException) e).kind() == BspException.Kind.FENCED);
            assertThat(next.load()).containsExactly(cluster(2));
        }
    }

    @Test
    void onlyOneOfTwoRaisesTheEpoch() throws Exception {
        try (SqliteStore one = open();
                SqliteStore two = open()) {
            one.load();
            two.load();
            one.write(List.of(cluster(1)));
            assertThatThrownBy(() -> two.write(List.of(cluster(1)))).isInstanceOf(BspException.class);
            two.load();
            two.write(List.of(cluster(2)));
            assertThatThrownBy(() -> one.write(List.of(cluster(2)))).isInstanceOf(BspException.class);
        }
    }

    @Test
    void forgottenJobKeepsItsIdUsed() throws Exception {
        try (SqliteStore store = open()) {
            store.load();
            store.write(everything(1));
            store.write(List.of(new MasterRecord.Forget(JOB)));
            assertThat(store.load())
                    .hasSize(3)
                    .contains(cluster(1), new MasterRecord.Forget(JOB))
                    .noneMatch(row -> row instanceof MasterRecord.Attempt
                            || row instanceof MasterRecord.Splits
                            || row instanceof MasterRecord.Checkpoints);
        }
    }

    @Test
    void fileOfTheFirstVersionIsTakenOver() throws Exception {
        try (SqliteStore store = open()) {
            store.load();
            store.write(List.of(cluster(1), job(JOB, JobState.RUNNING)));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("master.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE checkpoints");
            statement.execute("UPDATE jobs SET body = json_remove(body, '$.rollbacksSince', '$.restore', '$.stopped',"
                    + " '$.spec.data', '$.spec.inputs[0].partition', '$.spec.inputs[0].whole')");
            statement.execute("PRAGMA user_version = 1");
        }
        try (SqliteStore store = open()) {
            MasterRecord.Job taken = (MasterRecord.Job) store.load().get(1);
            assertThat(taken.rollbacksSince()).isEqualTo(taken.rollbacks()).isEqualTo(2);
            assertThat(taken.restore()).isNull();
            assertThat(taken.stopped()).isNull();
            assertThat(taken.spec()).isEqualTo(job(JOB, JobState.RUNNING).spec());
            store.write(everything(2));
            assertThat(store.load()).isEqualTo(everything(2));
        }
    }

    @Test
    void laterVersionIsRefusedByItsNumber() throws Exception {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("master.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 7");
        }
        assertThatThrownBy(this::open).isInstanceOf(BspException.class).hasMessageContaining("version 7");
    }

    @Test
    void fileThatIsNoDatabaseIsRefusedInOneLine() throws Exception {
        Files.writeString(folder.resolve("master.db"), "hello".repeat(1000));
        assertThatThrownBy(this::open)
                .isInstanceOf(BspException.class)
                .hasMessageContaining("master.db")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void folderIsItsOwnersAloneAndOneMastersAtATime() throws Exception {
        Path state = folder.resolve("state");
        try (StateFolder first = StateFolder.take(state)) {
            assertThat(Files.getPosixFilePermissions(state)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(first.database().getParent()).isEqualTo(state);
            assertThatThrownBy(() -> StateFolder.take(state)).hasMessageContaining("another master");
        }
        StateFolder.take(state).close();
    }
}
