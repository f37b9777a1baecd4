package io.valiant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Cluster;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.JobSubmitter;
import io.valiant.bsp.MasterStatus;
import io.valiant.bsp.Peer;
import io.valiant.bsp.Progress;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.bsp.Valiant;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogStream;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.hadoop.io.LongWritable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClusterClientTest {
    @TempDir
    private Path folder;

    private FakeMaster master;
    private ClusterClient client;

    /** A program of the system's own: found without a jar. */
    public static final class Idle extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) {}
    }

    @BeforeEach
    void connect() throws BspException {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("bsp.client.timeout", "500ms");
        master = new FakeMaster(folder.resolve("system").toString());
        client = ClusterClient.of(
                BspConfiguration.of("test", values), master, SystemClock.INSTANCE, new SecureRandomSource());
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Path jar(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "bytes of " + name);
    }

    private List<Path> staged() throws IOException {
        Path staging = folder.resolve("system").resolve("staging");
        if (!Files.isDirectory(staging)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(staging)) {
            return list.toList();
        }
    }

    @Test
    void aJobOfTheSystemsOwnIsSubmittedWithoutJarsAndFollowedToItsEnd() throws Exception {
        master.failures.set(2);
        master.polls.set(2);
        List<JobState> seen = new ArrayList<>();
        List<Thread> told = new ArrayList<>();
        try (JobHandle handle = client.submit(BspJob.of(Idle.class).tasks(2))) {
            assertThat(handle.id()).isEqualTo("j1");
            assertThat(handle.status().state()).isEqualTo(JobState.RUNNING);
            Progress progress = status -> {
                seen.add(status.state());
                told.add(Thread.currentThread());
            };
            assertThat(handle.await(progress).succeeded()).isTrue();
            handle.cancel();
        }
        assertThat(seen).containsExactly(JobState.RUNNING, JobState.RUNNING, JobState.SUCCEEDED);
        assertThat(told).containsOnly(Thread.currentThread());
        assertThat(master.submitted).hasSize(3);
        assertThat(master.submitted.stream().map(JobSpec::idempotencyKey).distinct())
                .hasSize(1)
                .doesNotContainNull();
        assertThat(master.submitted.get(0).jars()).isEmpty();
        assertThat(master.cancelled).containsExactly(new JobId("j1"));
        assertThat(staged()).isEmpty();
    }

    @Test
    void whoWaitsForALimitedTimeGetsNullWhereTheJobGoesOn() throws Exception {
        master.polls.set(1_000_000);
        assertThat(client.handle(new JobId("j1")).await(Duration.ofMillis(100), Progress.SILENT))
                .isNull();
    }

    @Test
    void noTimeIsTooLongToWait() throws Exception {
        JobHandle handle = client.submit(BspJob.of(Idle.class));
        for (Duration atMost : new Duration[] {Duration.ofDays(100_000), Duration.ofSeconds(Long.MAX_VALUE)}) {
            master.polls.set(2);
            assertThat(handle.await(atMost, Progress.SILENT)).isNotNull();
        }
    }

    @Test
    void aMasterThatStaysAwayIsUnreachable() {
        master.failures.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> ClusterClient.answer(client.calls().grooms()))
                .isInstanceOfSatisfying(CallException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE);
                    assertThat(e.getMessage()).startsWith("away (tried for 5");
                });
        assertThatThrownBy(() -> client.handle(new JobId("j1")).await())
                .isInstanceOfSatisfying(
                        CallException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE));
    }

    @Test
    void aClosedClientLeavesNobodyWaiting() {
        var never = client.calls().readLog(new AttemptId(new JobId("j1"), 0, 1), LogStream.STDOUT, 0, 1);
        client.close();
        assertThatThrownBy(() -> ClusterClient.answer(never)).hasMessageContaining("was closed");
        assertThatThrownBy(() -> ClusterClient.answer(client.calls().grooms())).hasMessageContaining("was closed");
    }

    @Test
    void jarsAreStagedInOrderInAFolderOfTheirOwn() throws Exception {
        Staging staging = new Staging(new FileStores(new TreeMap<>()), new SecureRandomSource());
        Files.createDirectories(folder.resolve("other"));
        Path first = jar("a.jar");
        Path second = Files.writeString(folder.resolve("other").resolve("a.jar"), "other");
        List<String> uris = staging.stage(
                List.of(FileStores.whole(first.toString()), FileStores.whole(second.toString())),
                folder.resolve("system").toString());
        assertThat(uris).hasSize(2);
        assertThat(FileStores.local(uris.get(0))).hasSameBinaryContentAs(first);
        assertThat(FileStores.local(uris.get(1))).hasSameBinaryContentAs(second);
        Path home = FileStores.local(uris.get(0)).getParent();
        assertThat(staged()).containsExactly(home);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
        staging.discard();
        assertThat(staged()).isEmpty();
    }

    @Test
    void aFolderOfClassesIsPackedIntoAJar() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes").resolve("org"));
        Files.writeString(classes.resolve("A.class"), "a");
        Staging staging = new Staging(new FileStores(new TreeMap<>()), new SecureRandomSource());
        List<String> uris = staging.stage(
                List.of(FileStores.whole(folder.resolve("classes").toString())),
                folder.resolve("system").toString());
        try (JarFile jar = new JarFile(FileStores.local(uris.get(0)).toFile())) {
            assertThat(jar.stream().map(Object::toString)).containsExactly("org/A.class");
        }
    }

    @Test
    void nothingStaysStagedWhereTheJarCannotBeRead() throws Exception {
        Staging staging = new Staging(new FileStores(new TreeMap<>()), new SecureRandomSource());
        String missing = FileStores.whole(folder.resolve("none.jar").toString());
        assertThatThrownBy(() ->
                        staging.stage(List.of(missing), folder.resolve("system").toString()))
                .isInstanceOf(BspException.class)
                .hasMessageContaining("none.jar");
        assertThat(staged()).isEmpty();
    }

    @Test
    void whatIsStagedGoesWhenTheJobIsRefusedOrWasThereBefore() throws Exception {
        BspJob job = BspJob.of(Idle.class).jar(jar("extra.jar"));
        JobHandle handle = client.submit(job);
        assertThat(staged()).hasSize(1);
        assertThat(master.submitted.get(0).jars()).hasSize(1).allMatch(uri -> uri.endsWith("/0-extra.jar"));
        handle.close();
        master.existed = true;
        client.submit(job).close();
        assertThat(staged()).hasSize(1);
        master.refusal = ErrorCode.JOB_EXISTS;
        assertThatThrownBy(() -> client.submit(job)).hasMessage("refused");
        assertThat(staged()).hasSize(1);
    }

    @Test
    void aProgramSeesLeaderGroomsAndJobsOfTheCluster() throws Exception {
        assertThatThrownBy(client::leader).isInstanceOfSatisfying(CallException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.NO_LEADER));
        master.masters.add(new MasterStatus("m1", "h:1", "h:2", false, 0));
        master.masters.add(new MasterStatus("m2", "h:3", "h:4", true, 5));
        assertThat(client.masters()).hasSize(2);
        assertThat(client.leader().name()).isEqualTo("m2");
        assertThat(client.grooms()).isEmpty();
        master.pageSize = 2;
        for (int i = 0; i < 5; i++) {
            JobState state = i % 2 == 0 ? JobState.SUCCEEDED : JobState.RUNNING;
            master.jobs.add(FakeMaster.status(new JobId("j" + i), state));
        }
        assertThat(client.jobs()).extracting(JobStatus::id).containsExactly("j0", "j1", "j2", "j3", "j4");
        assertThat(client.jobs(JobState.RUNNING)).extracting(JobStatus::id).containsExactly("j1", "j3");
        assertThat(client.watch().next(Duration.ZERO)).hasSize(5);
        assertThat(client.job("j3").id()).isEqualTo("j3");
        assertThatThrownBy(() -> client.job("no id")).hasMessageContaining("no job 'no id'");
        master.refusal = ErrorCode.JOB_NOT_FOUND;
        assertThatThrownBy(() -> client.job("j9")).hasMessage("no job j9");
    }

    @Test
    void progressTellsStatusAndTheNewestSuperstep() throws Exception {
        JobHandle handle = client.handle(new JobId("j1"));
        assertThat(handle.progress().state()).isEqualTo(JobState.RUNNING);
        assertThat(handle.progress().newest()).isNull();
        for (int i = 0; i < 3; i++) {
            master.steps.add(new SuperstepStatus(i, 1, Instant.EPOCH, 1, 1, 10L * i, 0, null, 0, null, 0, null));
        }
        assertThat(handle.progress().newest().messages()).isEqualTo(20);
    }

    @Test
    void programsConnectToTheClusterOfAConfigurationFolder() throws Exception {
        try (Cluster cluster = Valiant.connect(folder)) {
            assertThat(cluster).isInstanceOf(ClusterClient.class);
        }
        assertThatThrownBy(() -> Valiant.connect(folder.resolve("none")))
                .isInstanceOf(BspException.class)
                .hasMessageContaining("no such folder");
        Files.writeString(
                folder.resolve("bsp-site.xml"),
                "<configuration><property><name>bsp.what</name>" + "<value>1</value></property></configuration>");
        assertThatThrownBy(() -> Valiant.connect(folder))
                .isInstanceOf(BspException.class)
                .hasMessageContaining("bsp.what");
    }

    @Test
    void programsFindTheClusterByServiceLoader() {
        assertThat(ServiceLoader.load(JobSubmitter.class).stream()
                        .map(p -> p.get().place()))
                .contains("cluster");
    }
}
