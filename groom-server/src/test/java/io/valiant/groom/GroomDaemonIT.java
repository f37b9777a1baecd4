package io.valiant.groom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.valiant.bsp.BspException;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.GroomStatus;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.LocalTree;
import io.valiant.protocol.Directive;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.time.SystemClock;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole groom with real children; the master is a fake in the same process. */
@Timeout(60)
class GroomDaemonIT {
    private static final JobId JOB = new JobId("job_c_1");
    private static final AttemptId ATTEMPT = new AttemptId(JOB, 0, 1);

    @TempDir
    private Path folder;

    private final FakeMaster master = new FakeMaster();
    private final LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private GroomDaemon groom;

    @BeforeEach
    void start() throws Exception {
        groom = daemon();
        groom.start();
        await().until(() -> Files.exists(folder.resolve("run/groom.ready")));
    }

    private GroomDaemon daemon() throws BspException {
        TreeMap<String, String> given = new TreeMap<>();
        given.put("bsp.groom.name", "groom-1");
        given.put("bsp.local.dir", folder.resolve("local").toString());
        given.put("bsp.groom.disk.min.free", "1");
        given.put("bsp.groom.disk.check.interval", "1s");
        given.put("bsp.groom.heartbeat.interval", "200ms");
        given.put("bsp.groom.self.fence", "2s");
        given.put("bsp.groom.expiry", "3s");
        given.put("bsp.task.ping.interval", "200ms");
        given.put("bsp.task.ping.timeout", "2s");
        GroomSetup setup = new GroomSetup(
                BspConfiguration.of("test", given),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList(),
                Optional.empty(),
                AttachingChild.class.getName(),
                Optional.of(folder.resolve("run")));
        return new GroomDaemon(setup, master, SystemClock.INSTANCE, new SecureRandomSource(), failures::add);
    }

    @AfterEach
    void stop() {
        groom.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void theStartHasItsStepsInOrderAndTellsThemToTheMaster() throws Exception {
        GroomRegistration registration = master.registrations.peek();
        assertThat(registration.steps())
                .extracting(GroomStatus.Step::name)
                .containsExactly(
                        "local disk check and cleaning",
                        "empty tables, 3 slots",
                        "web server",
                        "task-report server",
                        "worker server",
                        "Registrator",
                        "Instructor",
                        "Monitor");
        assertThat(Files.readString(folder.resolve("run/groom.ready")))
                .isEqualTo("rpc=127.0.0.1:82 http=127.0.0.1:81 report=" + registration.report() + "\n");
        assertThat(registration.incarnation()).isZero();
    }

    @Test
    void anAttemptRunsItsWholeLife() throws Exception {
        long pid = launch();
        PeerTable table = new PeerTable(JOB, 1, "ab", List.of());
        assertThat(master.push(new Directive.PublishPeers(table)).accepted()).isTrue();

        assertThat(master.report(GroomReport.Finished.class).result().superstep())
                .isEqualTo(7);
        assertThat(master.report(GroomReport.Ended.class))
                .isEqualTo(new GroomReport.Ended(ATTEMPT, 1, new Exit(0, null), null));
        assertThat(ProcessHandle.of(pid)).isEmpty();

        assertThat(master.push(new Directive.ForgetJob(JOB)).accepted()).isTrue();
        await().until(() -> !Files.exists(folder.resolve("local/jobs/job_c_1")));
        String log = StandardCharsets.UTF_8
                .decode(master.groom()
                        .readLog(ATTEMPT, LogStream.STDOUT, 0, 10_000)
                        .get(10, TimeUnit.SECONDS)
                        .bytes())
                .toString();
        assertThat(log).startsWith("told Attached").endsWith("told EndConfirmed\n");
    }

    @Test
    void aJobThatAsksForNothingRunsInASpareAndTheNextIsStarted() throws Exception {
        await().until(() -> spare() > 0);
        long pid = spare();
        assertThat(launch(spec(1L << 30, List.of()))).isEqualTo(pid);
        master.push(new Directive.PublishPeers(new PeerTable(JOB, 1, "ab", List.of())));
        master.report(GroomReport.Finished.class);
        assertThat(master.report(GroomReport.Ended.class).exit()).isEqualTo(new Exit(0, null));
        await().until(() -> spare() > 0 && spare() != pid);
    }

    @Test
    void stoppingTakesSparesAlong() {
        await().until(() -> spare() > 0);
        long pid = spare();
        groom.close();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folder.resolve("local/spares")).isEmptyDirectory();
    }

    /** The process that waits for an attempt; 0 while there is none. */
    private long spare() {
        return groom.snapshot().children().stream()
                .filter(GroomSnapshot.Child::isSpare)
                .mapToLong(GroomSnapshot.Child::pid)
                .findFirst()
                .orElse(0);
    }

    @Test
    void aLocalFolderThatIsRemovedMakesTheGroomUnhealthyUntilItIsThereAgain() throws Exception {
        LocalTree.delete(folder.resolve("local"));
        await().until(() -> groom.snapshot().node().unhealthy() != null);
        await().until(() -> groom.snapshot().node().unhealthy() == null);
        assertThat(master.heartbeats)
                .anyMatch(beat -> beat.node().unhealthy() != null
                        && beat.node().unhealthy().contains("was removed, in whole or in part"));
        launch();
        PeerTable table = new PeerTable(JOB, 1, "ab", List.of());
        master.push(new Directive.PublishPeers(table));
        master.report(GroomReport.Finished.class);
    }

    private long launch() throws Exception {
        return launch(spec());
    }

    private long launch(JobSpec spec) throws Exception {
        master.push(new Directive.LaunchTask(new TaskAssignment(ATTEMPT, 1, spec, List.of())));
        GroomReport.Attached attached = master.report(GroomReport.Attached.class);
        assertThat(groom.snapshot().tasks()).hasSize(1);
        assertThat(groom.snapshot().tasks().get(0).pid()).isEqualTo(attached.pid());
        return attached.pid();
    }

    @Test
    void aSilentChildIsLookedAtAndKilled() throws Exception {
        long pid = launch();
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
        GroomReport.Ended ended = master.report(GroomReport.Ended.class);
        assertThat(ended.cause().type()).isEqualTo(CauseType.PING_TIMEOUT);
        assertThat(ended.cause().message()).contains("stopped");
        assertThat(ended.exit().signal()).isEqualTo("SIGKILL");
    }

    @Test
    void aFencedGroomKillsAndComesBack() throws Exception {
        long pid = launch();
        master.fencing = true;
        await().until(() -> master.registrations.size() == 2);
        assertThat(ProcessHandle.of(pid)).isEmpty();
        await().until(() -> groom.snapshot().registered() && groom.snapshot().incarnation() == 2);
    }

    @Test
    void stoppingTakesChildrenAndFilesAlong() throws Exception {
        long pid = launch();
        groom.close();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folder.resolve("run")).isEmptyDirectory();
        assertThat(folder.resolve("local/report")).doesNotExist();
    }

    @Test
    void aSecondGroomInTheSameFolderIsRefused() throws Exception {
        GroomDaemon second = daemon();
        assertThatThrownBy(second::start)
                .isInstanceOf(BspException.class)
                .hasMessageContaining("is in use by another groom");
    }

    @Test
    void heartbeatsCarryTheNode() {
        await().until(() ->
                master.heartbeats.stream().anyMatch(beat -> beat.node().memoryTotalBytes() > 0));
        assertThat(master.heartbeats.peek().node().unhealthy()).isNull();
    }

    private static JobSpec spec() {
        return spec(64L << 20, List.of("-XX:TieredStopAtLevel=1"));
    }

    private static JobSpec spec(long heapBytes, List<String> options) {
        return new JobSpec(
                "job",
                "user",
                null,
                null,
                "bsp",
                "Program",
                null,
                null,
                List.of(),
                1,
                List.of(),
                null,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                heapBytes,
                options,
                0,
                null,
                3,
                10);
    }
}
