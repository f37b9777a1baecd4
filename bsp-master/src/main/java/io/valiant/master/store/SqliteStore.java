package io.valiant.master.store;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.RecordStore;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Rows by key, each with a JSON body, in SQLite with a write-ahead log that is forced at each commit. One batch is one
 * transaction, and lands only if the epoch stored is still the one this store was loaded with or has raised it to. Not
 * thread safe.
 */
public final class SqliteStore implements RecordStore<MasterRecord>, AutoCloseable {
    /** Raised with each change to the tables that an older master could not read. */
    private static final int SCHEMA_VERSION = 2;

    private static final int BUSY_TIMEOUT_MS = 5_000;

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS cluster (key INTEGER PRIMARY KEY CHECK (key = 1), epoch INTEGER NOT NULL,"
                    + " body TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, ended INTEGER NOT NULL, body TEXT)",
            "CREATE TABLE IF NOT EXISTS splits (job TEXT PRIMARY KEY, body TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS attempts (id TEXT PRIMARY KEY, job TEXT NOT NULL, body TEXT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS attempts_by_job ON attempts (job)",
            "CREATE TABLE IF NOT EXISTS checkpoints (job TEXT PRIMARY KEY, body TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS grooms (id TEXT PRIMARY KEY, body TEXT NOT NULL)",
            "PRAGMA user_version = " + SCHEMA_VERSION);

    /** From version 1, which knew no checkpoints: all roll-backs of a job are roll-backs since its newest one. */
    private static final String FROM_VERSION_1 = "UPDATE jobs SET body = json_set(body, '$.rollbacksSince',"
            + " json_extract(body, '$.rollbacks')) WHERE body IS NOT NULL";

    private final RowCodec codec = new RowCodec();
    private final Path file;
    private final Connection connection;

    /** The epoch under which this store may write; 0 before there is one. */
    private long epoch;

    private SqliteStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens a database, made if it is not there.
     *
     * @throws BspException USER if it is not ours or of a later version, RETRIABLE if it cannot be read now
     */
    public static SqliteStore open(Path file) throws BspException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        Connection connection = null;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            SqliteStore store = new SqliteStore(file, connection);
            store.prepareSchema();
            return store;
        } catch (SQLException e) {
            closeAfter(e, connection);
            throw new BspException(
                    BspException.Kind.RETRIABLE,
                    "the master's state " + file + " cannot be opened: " + e.getMessage(),
                    e);
        } catch (BspException e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    private static void closeAfter(Exception failure, Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void prepareSchema() throws SQLException, BspException {
        try (Statement statement = connection.createStatement()) {
            int found;
            try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
                found = version.getInt(1);
            }
            if (found > SCHEMA_VERSION) {
                throw BspException.user(
                        "the master's state %s has version %d, this master knows versions up to %d; start a newer master",
                        file, found, SCHEMA_VERSION);
            }
            if (found < SCHEMA_VERSION) {
                statement.execute("BEGIN IMMEDIATE");
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
                if (found == 1) {
                    statement.execute(FROM_VERSION_1);
                }
                statement.execute("COMMIT");
            }
        }
    }

    /**
     * All rows, of forgotten jobs a {@link MasterRecord.Forget}; and takes over the epoch stored.
     *
     * @throws BspException the database cannot be read, or holds what is not a row
     */
    public List<MasterRecord> load() throws BspException {
        try {
            List<MasterRecord> rows = new ArrayList<>();
            execute("BEGIN");
            read("SELECT 1, body FROM cluster", MasterRecord.Cluster.class, rows);
            epoch = rows.isEmpty() ? 0 : ((MasterRecord.Cluster) rows.get(0)).epoch();
            read("SELECT id, body FROM grooms ORDER BY id", MasterRecord.Groom.class, rows);
            read("SELECT id, body FROM jobs WHERE body IS NOT NULL ORDER BY id", MasterRecord.Job.class, rows);
            read(
                    "SELECT job, body FROM splits WHERE job IN (SELECT id FROM jobs WHERE ended = 0) ORDER BY job",
                    MasterRecord.Splits.class,
                    rows);
            read("SELECT job, body FROM checkpoints ORDER BY job", MasterRecord.Checkpoints.class, rows);
            read("SELECT id, body FROM attempts ORDER BY id", MasterRecord.Attempt.class, rows);
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT id FROM jobs WHERE body IS NULL ORDER BY id")) {
                while (found.next()) {
                    rows.add(new MasterRecord.Forget(new JobId(found.getString(1))));
                }
            }
            execute("COMMIT");
            return rows;
        } catch (SQLException e) {
            throw new BspException(
                    BspException.Kind.RETRIABLE,
                    "the master's state " + file + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private <T extends MasterRecord> void read(String sql, Class<T> type, List<MasterRecord> into)
            throws SQLException, BspException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                try {
                    into.add(codec.read(found.getString(2), type));
                } catch (IOException e) {
                    throw new BspException(
                            BspException.Kind.FATAL,
                            "the master's state " + file + " holds a bad " + type.getSimpleName() + " row '"
                                    + found.getString(1) + "': " + e.getMessage(),
                            e);
                }
            }
        }
    }

    @Override
    public void write(List<MasterRecord> batch) throws BspException {
        try {
            execute("BEGIN IMMEDIATE");
            long raised = guard(batch);
            for (MasterRecord row : batch) {
                write(row);
            }
            execute("COMMIT");
            epoch = raised;
        } catch (SQLException e) {
            rollBack(e);
            throw new BspException(
                    BspException.Kind.RETRIABLE,
                    "the master's state " + file + " cannot be written: " + e.getMessage(),
                    e);
        } catch (BspException e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Exception failure) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** The epoch after the batch, if it may land: nobody else has raised the stored one meanwhile. */
    private long guard(List<MasterRecord> batch) throws SQLException, BspException {
        long after = epoch;
        for (MasterRecord row : batch) {
            if (row instanceof MasterRecord.Cluster cluster) {
                after = Math.max(after, cluster.epoch());
            }
        }
        if (epoch == 0) {
            try (PreparedStatement first =
                    connection.prepareStatement("INSERT INTO cluster VALUES (1, ?, '{}') ON CONFLICT DO NOTHING")) {
                first.setLong(1, epoch);
                first.executeUpdate();
            }
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE cluster SET epoch = ? WHERE key = 1 AND epoch = ?")) {
            update.setLong(1, after);
            update.setLong(2, epoch);
            if (update.executeUpdate() != 1) {
                throw new BspException(
                        BspException.Kind.FENCED,
                        "another master has taken over: epoch " + epoch + " is not the stored one");
            }
        }
        return after;
    }

    private void write(MasterRecord row) throws SQLException {
        if (row instanceof MasterRecord.Cluster) {
            put("UPDATE cluster SET body = ? WHERE key = 1", codec.write(row));
        } else if (row instanceof MasterRecord.Job job) {
            put(
                    "INSERT INTO jobs VALUES (?, ?, ?)"
                            + " ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, body = excluded.body",
                    job.id().value(),
                    job.state().isEnded() ? 1 : 0,
                    codec.write(row));
        } else if (row instanceof MasterRecord.Splits splits) {
            put(
                    "INSERT INTO splits VALUES (?, ?) ON CONFLICT (job) DO UPDATE SET body = excluded.body",
                    splits.job().value(),
                    codec.write(row));
        } else if (row instanceof MasterRecord.Checkpoints checkpoints) {
            put(
                    "INSERT INTO checkpoints VALUES (?, ?) ON CONFLICT (job) DO UPDATE SET body = excluded.body",
                    checkpoints.job().value(),
                    codec.write(row));
        } else if (row instanceof MasterRecord.Attempt attempt) {
            put(
                    "INSERT INTO attempts VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                    attempt.id().toString(),
                    attempt.id().job().value(),
                    codec.write(row));
        } else if (row instanceof MasterRecord.Groom groom) {
            put(
                    "INSERT INTO grooms VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                    groom.id().value(),
                    codec.write(row));
        } else if (row instanceof MasterRecord.Forget forget) {
            put("DELETE FROM splits WHERE job = ?", forget.id().value());
            put("DELETE FROM checkpoints WHERE job = ?", forget.id().value());
            put("DELETE FROM attempts WHERE job = ?", forget.id().value());
            put("UPDATE jobs SET body = NULL WHERE id = ?", forget.id().value());
        }
    }

    /** Transactions are begun and ended here: the driver would begin the next one at the end of each. */
    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void put(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws BspException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new BspException(
                    BspException.Kind.RETRIABLE,
                    "the master's state " + file + " cannot be closed: " + e.getMessage(),
                    e);
        }
    }
}
