package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.valiant.concurrent.RandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.core.GroomEvent;
import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.groom.core.JvmOptions;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.LocalTree;
import io.valiant.protocol.CallException;
import io.valiant.protocol.Exit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.TaskAssignment;
import io.valiant.transport.PeerFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real child JVMs: how they start, write, end and are ended. */
@Timeout(60)
class ChildProcessesIT {
    private static final JobId JOB = new JobId("job_c_1");
    private static final AttemptId ATTEMPT = new AttemptId(JOB, 0, 1);
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static final String OPTION = "-XX:TieredStopAtLevel=1";

    @TempDir
    private Path folder;

    private final LinkedBlockingQueue<GroomEvent> events = new LinkedBlockingQueue<>();
    private LocalFolder local;
    private ChildProcesses children;

    /** What ran when the last event was told, in tests that have workers of their own. */
    private volatile List<Long> startedWhenTold;

    @BeforeEach
    void open() throws Exception {
        local = LocalFolder.open(folder.resolve("local"), 10);
        children = processes(local, BspConfiguration.defaults());
    }

    private ChildProcesses processes(LocalFolder in, BspConfiguration configuration) {
        return new ChildProcesses(launchConfig(configuration, OPTION), in, random(), events::add);
    }

    /** The tags of JVMs; another each time. */
    private static RandomSource random() {
        long[] random = {System.nanoTime()};
        return () -> random[0]++;
    }

    private static LaunchConfig launchConfig(BspConfiguration configuration, String option) {
        return launchConfig(configuration, option, Optional.empty());
    }

    private static LaunchConfig launchConfig(
            BspConfiguration configuration, String option, Optional<PeerFolder> peers) {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return new LaunchConfig(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classPath,
                Optional.empty(),
                TinyChild.class.getName(),
                "unix:/nowhere",
                peers,
                configuration,
                JvmOptions.ofCluster(64L << 20, List.of(option)),
                2);
    }

    @AfterEach
    void close() throws Exception {
        children.close();
        local.close();
    }

    @Test
    void aChildGetsItsTokenItsFolderAndItsOwnPid() throws Exception {
        long pid = launch("exit 0");
        assertThat(exit()).isEqualTo(new Exit(0, null));
        assertThat(log(LogStream.STDOUT)).isEqualTo("token " + TOKEN + " pid " + pid + "\n");
        assertThat(log(LogStream.STDERR)).contains("/jobs/job_c_1/job_c_1_t0_a1/work");
        await().until(() -> !Files.exists(local.attemptFolder(ATTEMPT)));
    }

    @Test
    void whatAKilledChildCouldNotTakeAwayOfItsSocketsIsRemoved() throws Exception {
        children.close();
        PeerFolder peers = PeerFolder.make(folder.resolve("peers"));
        LaunchConfig config = launchConfig(BspConfiguration.defaults(), OPTION, Optional.of(peers));
        children = new ChildProcesses(config, local, random(), events::add);
        Path own = Files.createFile(peers.socket(ATTEMPT, 4711));
        Path other = Files.createFile(peers.socket(new AttemptId(ATTEMPT.job(), 7, 1), 4711));
        launch("wait");
        children.signal(ATTEMPT, true);
        exit();
        await().until(() -> !Files.exists(own));
        assertThat(other).exists();
    }

    @Test
    void aChildThatCannotBeStartedLeavesNoFileOpen() throws Exception {
        // no process takes such a value
        children.launch(assignment("\0", new TreeMap<>()), TOKEN, GroomEffect.Launch.NO_SPARE);
        next(GroomEvent.LaunchFailed.class);
        assertThat(openFilesUnder(local.logs().attemptFolder(ATTEMPT))).isEmpty();
    }

    @Test
    void aChildThatNobodyCanWatchIsEndedBeforeItsSlotIsFree() throws Exception {
        withoutThreadsForWatching();
        children.launch(assignment("wait", new TreeMap<>()), TOKEN, GroomEffect.Launch.NO_SPARE);
        GroomEvent.LaunchFailed failed = next(GroomEvent.LaunchFailed.class);
        assertThat(startedWhenTold).isEmpty();
        assertThat(failed.reason()).contains("no thread left");
        assertThat(openFilesUnder(local.logs().attemptFolder(ATTEMPT))).isEmpty();
        await().until(() -> !Files.exists(local.attemptFolder(ATTEMPT)));
    }

    @Test
    void aSpareThatNobodyCanWatchIsEndedAndForgotten() throws Exception {
        withoutThreadsForWatching();
        children.startSpare(1);
        GroomEvent.SpareGone gone = next(GroomEvent.SpareGone.class);
        assertThat(startedWhenTold).isEmpty();
        assertThat(gone.detail()).contains("no thread left");
        await().until(() -> !Files.exists(local.spareFolder(1)));
    }

    @Test
    void aSpareThatCannotBeStartedLeavesNoFolder() throws Exception {
        children.close();
        // no process takes such a value
        children =
                new ChildProcesses(launchConfig(BspConfiguration.defaults(), "-Dbad=\0"), local, random(), events::add);
        children.startSpare(1);
        assertThat(next(GroomEvent.SpareGone.class).detail()).startsWith("it could not be started");
        await().until(() -> !Files.exists(local.spareFolder(1)));
    }

    /** What a worker itself wants to have done finds no thread. */
    private void withoutThreadsForWatching() {
        ThreadFactory workers = task -> new Thread(task, "worker without help");
        withWorkers(new ThreadPoolExecutor(0, 100, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), workers) {
            @Override
            public void execute(Runnable task) {
                if (Thread.currentThread().getName().equals("worker without help")) {
                    throw new OutOfMemoryError("no thread left");
                }
                super.execute(task);
            }
        });
    }

    private void withWorkers(ExecutorService workers) {
        children.close();
        children = new ChildProcesses(
                launchConfig(BspConfiguration.defaults(), OPTION), local, random(), this::tell, workers);
    }

    private void tell(GroomEvent event) {
        startedWhenTold = started();
        events.add(event);
    }

    /** Launchers and JVMs that run. */
    private static List<Long> started() {
        return ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::pid)
                .filter(ChildProcessesIT::isRunning)
                .toList();
    }

    private static List<Path> openFilesUnder(Path folder) throws IOException {
        List<Path> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                Path file = opened(descriptor);
                if (file.startsWith(folder)) {
                    open.add(file);
                }
            }
        }
        return open;
    }

    private static Path opened(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (NoSuchFileException e) {
            // closed meanwhile
            return descriptor;
        }
    }

    @Test
    void theStacksOfAChildThatHangsCanBeHad() throws Exception {
        launch("wait");
        awaitWaiting();
        String stacks = children.threads(ATTEMPT).get();
        assertThat(stacks).contains("\"main\"", "CountDownLatch.await", "TinyChild.waitForEver");
        children.signal(ATTEMPT, true);
        assertThat(exit()).isEqualTo(new Exit(null, "SIGKILL"));
        assertThatThrownBy(() -> children.threads(ATTEMPT).get()).hasMessageContaining("has no process");
    }

    @Test
    void aStoppedChildGivesNoStacksAndNobodyWaitsForIt() throws Exception {
        long pid = launch("wait");
        run("kill", "-STOP", Long.toString(pid));
        await().until(() -> look() == ProcessLook.STOPPED);
        assertThatThrownBy(() -> children.threads(ATTEMPT).get()).hasMessageContaining("is stopped (SIGSTOP)");
        children.signal(ATTEMPT, true);
        assertThat(exit()).isEqualTo(new Exit(null, "SIGKILL"));
    }

    @Test
    void exitCodesAreTold() throws Exception {
        launch("exit 3");
        assertThat(exit()).isEqualTo(new Exit(3, null));
    }

    @Test
    void aHighExitCodeOfTheJvmIsNoSignal() throws Exception {
        launch("exit 137");
        assertThat(exit()).isEqualTo(new Exit(137, null));
    }

    @Test
    void aKillFromOutsideIsASignalByName() throws Exception {
        long pid = launch("wait");
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        assertThat(exit()).isEqualTo(new Exit(null, "SIGKILL"));
    }

    @Test
    void termLetsTheJvmEndByItself() throws Exception {
        launch("wait");
        awaitWaiting();
        children.signal(ATTEMPT, false);
        assertThat(exit()).isEqualTo(new Exit(143, null));
    }

    @Test
    void aStoppedProcessIsSeenToBeStoppedAndKilledHard() throws Exception {
        long pid = launch("wait");
        awaitWaiting();
        assertThat(look()).isEqualTo(ProcessLook.RUNNING);
        run("kill", "-STOP", Long.toString(pid));
        await().until(() -> look() == ProcessLook.STOPPED);
        children.signal(ATTEMPT, true);
        assertThat(exit()).isEqualTo(new Exit(null, "SIGKILL"));
        assertThat(look()).isEqualTo(ProcessLook.GONE);
    }

    @Test
    void aKillTakesGrandchildrenAlong() throws Exception {
        launch("grandchild stay");
        awaitWaiting();
        long grandchild = grandchild();
        children.signal(ATTEMPT, true);
        assertThat(exit()).isEqualTo(new Exit(null, "SIGKILL"));
        assertThat(isRunning(grandchild)).isFalse();
    }

    @Test
    void theEndIsToldOnlyWhenGrandchildrenAreGone() throws Exception {
        launch("grandchild leave");
        assertThat(exit()).isEqualTo(new Exit(5, null));
        assertThat(isRunning(grandchild())).isFalse();
    }

    @Test
    void aFloodOfOutputKeepsHeadAndTail() throws Exception {
        launch("flood 200000000", new TreeMap<>(java.util.Map.of("bsp.log.attempt.max.bytes", "64k")));
        assertThat(exit()).isEqualTo(new Exit(0, null));
        LogChunk head = local.logs().read(ATTEMPT, LogStream.STDOUT, 0, 100);
        assertThat(text(head)).startsWith("token ");
        assertThat(head.size()).isGreaterThan(200_000_000);
        LogChunk later = local.logs().read(ATTEMPT, LogStream.STDOUT, 100_000, 1 << 20);
        assertThat(later.offset()).as("what was not kept is passed over").isGreaterThan(199_000_000);
        LogChunk end = local.logs().read(ATTEMPT, LogStream.STDOUT, head.size() - 8, 100);
        assertThat(text(end)).isEqualTo("the end\n");
        try (var files = Files.list(local.logs().attemptFolder(ATTEMPT))) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(80_000);
        }
    }

    @Test
    void whatCannotBeStartedIsToldWithItsReason() throws Exception {
        children.launch(
                assignment("exit 0", new TreeMap<>(java.util.Map.of("no.such.key", "1"))),
                TOKEN,
                GroomEffect.Launch.NO_SPARE);
        assertThat(next(GroomEvent.LaunchFailed.class).reason()).contains("no.such.key");
    }

    @Test
    void closingEndsAllChildren() throws Exception {
        long pid = launch("wait");
        children.close();
        assertThat(isRunning(pid)).isFalse();
    }

    @Test
    void theEndIsToldThoughTheDiskHangs() throws Exception {
        launch("wait");
        awaitWaiting();
        // whoever removes its folder waits
        LocalFolder disk = local;
        synchronized (disk) {
            children.signal(ATTEMPT, true);
            assertThat(exit()).isEqualTo(new Exit(null, "SIGKILL"));
        }
    }

    @Test
    void aLaunchThatWaitsForTheDiskCanBeGivenUp() throws Exception {
        Path log = local.logs().attemptFolder(ATTEMPT).resolve(LogStream.STDOUT.label());
        pipe(log);
        children.launch(assignment("exit 0", new TreeMap<>()), TOKEN, GroomEffect.Launch.NO_SPARE);
        await().until(() -> Files.exists(local.attemptFolder(ATTEMPT)));
        children.signal(ATTEMPT, true);
        assertThat(next(GroomEvent.LaunchFailed.class).reason()).contains("killed before it was started");
        try (InputStream reader = Files.newInputStream(log)) {
            // the disk answers at last
            await().until(() -> !Files.exists(local.attemptFolder(ATTEMPT)));
            assertThat(reader.read()).as("nothing was started").isEqualTo(-1);
        }
        assertThat(events).isEmpty();
        await().untilAsserted(() -> assertThat(local.path().resolve("jobs"))
                .as("nor an empty folder left")
                .isEmptyDirectory());
    }

    @Test
    void aLaunchThatWasKilledBeforeItBeganMakesNoFiles() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        withWorkers(new ThreadPoolExecutor(0, 100, 1, TimeUnit.SECONDS, new SynchronousQueue<>()) {
            private boolean launched;

            @Override
            public void execute(Runnable task) {
                boolean launches = !launched;
                launched = true;
                super.execute(launches ? () -> runLater(task) : task);
            }

            private void runLater(Runnable task) {
                try {
                    released.await();
                    task.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    done.countDown();
                }
            }
        });
        FileTime before = Files.getLastModifiedTime(local.path().resolve("jobs"));
        children.launch(assignment("exit 0", new TreeMap<>()), TOKEN, GroomEffect.Launch.NO_SPARE);
        children.signal(ATTEMPT, true);
        next(GroomEvent.LaunchFailed.class);
        released.countDown();
        done.await();
        assertThat(Files.getLastModifiedTime(local.path().resolve("jobs")))
                .as("nothing was made there")
                .isEqualTo(before);
        assertThat(events).isEmpty();
    }

    private static void pipe(Path at) throws IOException, InterruptedException {
        run("mkfifo", at.toString());
    }

    @Test
    void aLauncherThatIsKilledTakesTheChildAlong() throws Exception {
        long pid = launch("wait");
        awaitWaiting();
        ProcessHandle.of(pid).orElseThrow().parent().orElseThrow().destroyForcibly();
        assertThat(exit()).isEqualTo(new Exit(null, null));
        assertThat(isRunning(pid)).isFalse();
    }

    @Test
    void theNextGroomKillsWhatAnEarlierOneLeft() throws Exception {
        long pid = launch("grandchild stay");
        awaitWaiting();
        long grandchild = grandchild();
        local.close();
        local = LocalFolder.open(folder.resolve("local"), 10);
        assertThat(isRunning(pid)).isFalse();
        await().until(() -> !isRunning(grandchild));
        assertThat(local.path().resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void aSpareTakesAnAttemptAndLeavesLikeAnyChild() throws Exception {
        long pid = startSpare();
        assertThat(handOver("exit 4")).isEqualTo(pid);
        assertThat(exit()).isEqualTo(new Exit(4, null));
        assertThat(log(LogStream.STDOUT)).isEqualTo("token exit 4 pid " + pid + "\n");
        assertThat(log(LogStream.STDERR))
                .as("what it said before it had a log")
                .startsWith("arguments [spare]\nin ")
                .contains("/spares/1/work");
        await().until(() -> !Files.exists(local.spareFolder(1)));
    }

    @Test
    void anAttemptInASpareIsSignalledAndLookedAt() throws Exception {
        long pid = startSpare();
        assertThat(handOver("wait")).isEqualTo(pid);
        awaitWaiting();
        assertThat(look()).isEqualTo(ProcessLook.RUNNING);
        children.signal(ATTEMPT, false);
        assertThat(exit()).isEqualTo(new Exit(143, null));
    }

    @Test
    void aSpareThatIsGoneIsTold() throws Exception {
        long pid = startSpare();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        GroomEvent.SpareGone gone = next(GroomEvent.SpareGone.class);
        assertThat(gone.spare()).isEqualTo(1);
        assertThat(gone.detail()).startsWith("signal SIGKILL");
        await().until(() -> !Files.exists(local.spareFolder(1)));
    }

    @Test
    void aSpareIsEndedWhenAsked() throws Exception {
        long pid = startSpare();
        children.endSpare(1);
        next(GroomEvent.SpareGone.class);
        assertThat(isRunning(pid)).isFalse();
    }

    @Test
    void aJvmIsStartedWhereTheSpareIsGone() throws Exception {
        children.launch(assignment("exit 5", new TreeMap<>()), TOKEN, 7);
        next(GroomEvent.Launched.class);
        assertThat(exit()).isEqualTo(new Exit(5, null));
    }

    @Test
    void aJvmIsStartedWhereTheSparesFolderIsGone() throws Exception {
        long pid = startSpare();
        LocalTree.delete(local.spareFolder(1));
        children.launch(assignment("exit 5", new TreeMap<>()), TOKEN, 1);
        List<GroomEvent> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            heard.add(next(GroomEvent.class));
        }
        assertThat(heard).contains(new GroomEvent.ChildExited(ATTEMPT, new Exit(5, null), false));
        assertThat(heard)
                .filteredOn(event -> event instanceof GroomEvent.SpareGone)
                .hasSize(1);
        assertThat(isRunning(pid)).as("what is of no use is ended").isFalse();
    }

    @Test
    void aSpareThatIsStoppedIsOfNoUse() throws Exception {
        children.close();
        // more than a pipe holds
        TreeMap<String, String> keys = new TreeMap<>(java.util.Map.of("fs.long", "x".repeat(256 << 10)));
        children = processes(local, BspConfiguration.of("test", keys));
        long pid = startSpare();
        run("kill", "-STOP", Long.toString(pid));
        await().until(() -> ProcessStat.of(pid).orElseThrow().isStopped());
        children.launch(assignment("exit 5", new TreeMap<>()), TOKEN, 1);
        List<GroomEvent> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            heard.add(next(GroomEvent.class));
        }
        assertThat(heard).contains(new GroomEvent.ChildExited(ATTEMPT, new Exit(5, null), false));
        assertThat(isRunning(pid)).isFalse();
    }

    @Test
    void closingEndsSparesToo() throws Exception {
        long pid = startSpare();
        children.close();
        assertThat(isRunning(pid)).isFalse();
    }

    @Test
    void theNextGroomKillsSparesThatAnEarlierOneLeft() throws Exception {
        long pid = startSpare();
        run("kill", "-STOP", Long.toString(pid));
        local.close();
        local = LocalFolder.open(folder.resolve("local"), 10);
        assertThat(isRunning(pid)).isFalse();
        assertThat(local.path().resolve("spares")).isEmptyDirectory();
    }

    private long startSpare() throws InterruptedException {
        children.startSpare(1);
        return next(GroomEvent.SpareReady.class).pid();
    }

    /** The spare does what the token says. */
    private long handOver(String order) throws InterruptedException {
        children.launch(assignment("", new TreeMap<>()), order, 1);
        return next(GroomEvent.Launched.class).pid();
    }

    private long launch(String order) throws InterruptedException {
        return launch(order, new TreeMap<>());
    }

    private long launch(String order, TreeMap<String, String> configuration) throws InterruptedException {
        children.launch(assignment(order, configuration), TOKEN, GroomEffect.Launch.NO_SPARE);
        return next(GroomEvent.Launched.class).pid();
    }

    private void awaitWaiting() {
        await().untilAsserted(() -> assertThat(log(LogStream.STDOUT)).contains("waiting"));
    }

    private long grandchild() throws IOException, CallException {
        Matcher matcher = Pattern.compile("grandchild (\\d+)").matcher(log(LogStream.STDOUT));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static boolean isRunning(long pid) {
        return ProcessStat.of(pid).filter(stat -> !stat.isGone()).isPresent();
    }

    private ProcessLook look() throws InterruptedException {
        long askedNs = 7;
        children.look(ATTEMPT, askedNs);
        GroomEvent.ProcessSeen seen = next(GroomEvent.ProcessSeen.class);
        assertThat(seen.askedNs()).isEqualTo(askedNs);
        return seen.look();
    }

    private Exit exit() throws InterruptedException {
        return next(GroomEvent.ChildExited.class).exit();
    }

    private <T extends GroomEvent> T next(Class<T> type) throws InterruptedException {
        GroomEvent event = events.poll(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    private String log(LogStream stream) throws IOException, CallException {
        return text(local.logs().read(ATTEMPT, stream, 0, 1 << 20));
    }

    private static String text(LogChunk chunk) {
        return StandardCharsets.UTF_8.decode(chunk.bytes()).toString();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static TaskAssignment assignment(String order, TreeMap<String, String> configuration) {
        JobSpec spec = new JobSpec(
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
                configuration,
                new TreeMap<>(java.util.Map.of("DO", order)),
                new TreeMap<>(),
                64L << 20,
                List.of(OPTION),
                0,
                null,
                3,
                10);
        return new TaskAssignment(ATTEMPT, 1, spec, List.of());
    }
}
