package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobState;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.id.JobId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.ClusterStatus;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.ipc.IpcConnections;
import io.valiant.time.SystemClock;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon with its real store and servers, in this process. */
@Timeout(60)
class MasterDaemonIT {
    private final IpcConnections connections =
            new IpcConnections("test", Duration.ofSeconds(2), Duration.ofSeconds(10));
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        connections.close();
    }

    private MasterDaemon daemon(String rpcAddress) throws BspException {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("bsp.master.rpc.address", rpcAddress);
        values.put("bsp.master.http.address", "127.0.0.1:0");
        values.put("bsp.master.state.dir", folder.resolve("state").toString());
        BspConfiguration configuration = BspConfiguration.of("test", values);
        return new MasterDaemon(
                new MasterSetup(configuration, new SecureRandomSource(), SystemClock.INSTANCE, connections::groom),
                failure::complete);
    }

    private MasterDaemon started() throws BspException {
        MasterDaemon daemon = daemon("127.0.0.1:0");
        daemon.start();
        return daemon;
    }

    private ClientProtocol client(MasterDaemon daemon) {
        return connections.client(daemon.rpcAddress());
    }

    private JobSpec writingTo(String name) {
        return new JobSpec(
                "test",
                "ann",
                null,
                null,
                "bsp",
                "a.B",
                null,
                null,
                List.of(),
                2,
                List.of(),
                folder.resolve(name).toString(),
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                1 << 20,
                List.of(),
                0,
                null,
                3,
                10);
    }

    @Test
    void submittedJobIsThereAfterARestart() throws Exception {
        JobId job;
        long epoch;
        try (MasterDaemon daemon = started()) {
            job = client(daemon).submit(writingTo("out")).get().job();
            epoch = client(daemon).cluster().get().epoch();
            await().until(() -> client(daemon).job(job).get().state() == JobState.PENDING);
        }
        try (MasterDaemon daemon = started()) {
            ClusterStatus cluster = client(daemon).cluster().get();
            assertThat(cluster.epoch()).isGreaterThan(epoch);
            assertThat(client(daemon).job(job).get().reason()).isEqualTo("needs 2 slots, cluster has 0");
            client(daemon).cancel(job).get();
            assertThat(client(daemon).awaitEnd(job, Duration.ofSeconds(5)).get().state())
                    .isEqualTo(JobState.KILLED);
        }
        assertThat(failure).isNotDone();
    }

    @Test
    void existingOutputIsRefusedWhenTheJobIsSubmitted() throws Exception {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/part-00000"), "x");
        try (MasterDaemon daemon = started()) {
            assertThatThrownBy(() -> client(daemon).submit(writingTo("out")).get())
                    .cause()
                    .isInstanceOfSatisfying(
                            CallException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_EXISTS))
                    .hasMessageContaining("out exists");
            assertThat(client(daemon).jobs(JobQuery.of(null, null)).get().jobs())
                    .isEmpty();
        }
        assertThat(folder.resolve("out/part-00000")).exists();
    }

    @Test
    void pagesAndDocumentsAreServed() throws Exception {
        try (MasterDaemon daemon = started()) {
            assertThat(page(daemon, "/healthz")).isEqualTo("ok\n");
            assertThat(page(daemon, "/readyz")).isEqualTo("ok\n");
            assertThat(page(daemon, "/")).contains("Valiant");
            assertThat(page(daemon, "/api/v1/grooms")).isEqualTo("[]");
            assertThat(page(daemon, "/api/v1/cluster"))
                    .contains("\"master\":\"" + daemon.rpcAddress() + "\"")
                    .contains("\"http\":\"" + daemon.httpAddress() + "\"");
            assertThat(page(daemon, "/metrics")).contains("bsp_leader 1");
        }
    }

    private static String page(MasterDaemon daemon, String path) throws Exception {
        try (InputStream body =
                URI.create("http://" + daemon.httpAddress() + path).toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void stateOfARunningMasterIsRefused() throws Exception {
        try (MasterDaemon daemon = started();
                MasterDaemon second = daemon("127.0.0.1:0")) {
            assertThatThrownBy(second::start).isInstanceOf(BspException.class).hasMessageContaining("another master");
            assertThat(client(daemon).cluster().get().epoch()).isEqualTo(1);
        }
    }

    @Test
    void portInUseIsRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MasterDaemon daemon = daemon(new HostPort("127.0.0.1", taken.getLocalPort()).toString())) {
            assertThatThrownBy(daemon::start)
                    .isInstanceOf(BspException.class)
                    .hasMessageContaining("bsp.master.rpc.address")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void masterLeadsAgainAfterAFailedWriteButNotAgainstAnother() throws Exception {
        try (MasterDaemon daemon = started()) {
            JobId first = client(daemon).submit(writingTo("a")).get().job();
            sql("CREATE TRIGGER broken BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END");
            CompletableFuture<?> lost = client(daemon).submit(writingTo("b"));
            assertThatThrownBy(() -> lost.get(10, TimeUnit.SECONDS)).hasMessageContaining("try again");
            sql("DROP TRIGGER broken");
            await().until(() -> client(daemon).cluster().get().epoch() == 2);
            assertThat(client(daemon).submit(writingTo("c")).get().job()).isNotEqualTo(first);
            assertThat(client(daemon).job(first).get().state().isEnded()).isFalse();

            sql("UPDATE cluster SET epoch = 99");
            CompletableFuture<?> fenced = client(daemon).submit(writingTo("d"));
            assertThatThrownBy(() -> fenced.get(10, TimeUnit.SECONDS)).hasMessageContaining("try again");
            assertThat(failure.get(10, TimeUnit.SECONDS)).contains("another master has taken over");
            assertThatThrownBy(() -> page(daemon, "/readyz")).hasMessageContaining("503");
            assertThat(page(daemon, "/metrics")).contains("bsp_leader 0");
        }
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("state").resolve("master.db"));
                Statement made = connection.createStatement()) {
            made.execute("PRAGMA busy_timeout = 5000");
            made.execute(statement);
        }
    }
}
