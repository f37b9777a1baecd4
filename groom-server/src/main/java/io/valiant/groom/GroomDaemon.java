package io.valiant.groom;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.CoreLoop;
import io.valiant.concurrent.RandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.config.SoftwareVersion;
import io.valiant.groom.core.GroomAddresses;
import io.valiant.groom.core.GroomCore;
import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.core.GroomEvent;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.groom.launch.ChildProcesses;
import io.valiant.groom.launch.LocalFolder;
import io.valiant.groom.node.CheckedFiles;
import io.valiant.groom.node.DiskCheck;
import io.valiant.groom.node.DiskState;
import io.valiant.groom.node.NodeManager;
import io.valiant.groom.rpc.GroomCalls;
import io.valiant.groom.rpc.MasterCaller;
import io.valiant.groom.task.TaskReportServer;
import io.valiant.time.Clock;
import io.valiant.transport.PeerFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the parts of a groom, starts them in order, stops them in reverse. {@link #start()} and {@link #close()} are
 * called once each.
 */
public final class GroomDaemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroomDaemon.class);
    private static final int DISK_THREADS = 2;
    private static final Duration CLOSE_TIME = Duration.ofSeconds(3);

    /** What lies on a disk gets so long however late it is; only a disk that hangs needs more. */
    private static final Duration LEAST_DISK_TIME = Duration.ofMillis(500);

    private final GroomSetup setup;
    private final BspConfiguration configuration;
    private final GroomLinks links;
    private final Clock clock;
    private final RandomSource random;
    private final Consumer<String> failed;
    private final StartSteps steps;
    private final PidFiles pidFiles;
    private final GroomCore core;
    private final CoreLoop<GroomEvent, Void, GroomEffect> loop;
    private final ExecutorService disk;

    // by the thread that starts, then by the one that closes
    private LocalFolder local;
    private DiskState diskState;
    private String http = "";
    private TaskReportServer reports;
    private volatile GroomCalls calls;
    private HostPort worker;
    private ChildProcesses children;
    private NodeManager node;

    // set before the core's thread starts
    private volatile GroomActions actions;

    // written by the core's thread
    private volatile GroomSnapshot snapshot;
    private boolean readyWritten;

    /** @param failed told, by any thread, why the daemon cannot go on; has to end the process, without waiting here */
    GroomDaemon(GroomSetup setup, GroomLinks links, Clock clock, RandomSource random, Consumer<String> failed) {
        this.setup = setup;
        this.configuration = setup.configuration();
        this.links = links;
        this.clock = clock;
        this.random = random;
        this.failed = failed;
        this.steps = new StartSteps(configuration.get(Keys.GROOM_NAME), clock);
        this.pidFiles = new PidFiles(setup.pidFolder());
        this.core = new GroomCore(setup.coreConfig(SoftwareVersion.text()), random);
        this.snapshot = core.snapshot();
        this.loop =
                new CoreLoop<>("groom", core, clock, null, effect -> actions.accept(effect), this::publish, fault -> {
                    LOG.error("the groom's core has failed", fault);
                    failed.accept("the groom's core has failed: " + fault + "; see the log");
                });
        this.disk = Executors.newFixedThreadPool(DISK_THREADS, task -> {
            Thread thread = new Thread(task, "disk");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void broken(String part, Throwable fault) {
        LOG.error("{} has failed", part, fault);
        failed.accept(part + " has failed: " + fault + "; see the log");
    }

    /** The groom now. Any thread. */
    public GroomSnapshot snapshot() {
        return snapshot.withSteps(steps.done());
    }

    /**
     * Does the steps of the start; the registration goes out after the last.
     *
     * @throws BspException with one line on what cannot be used; what was started is to be closed
     */
    public synchronized void start() throws BspException, InterruptedException {
        try {
            pidFiles.writePid();
            steps.run("local disk check and cleaning", this::openLocalFolder);
            steps.run("empty tables, " + snapshot.slots() + " slots", this::checkTables);
            steps.run("web server", this::startWeb);
            steps.run("task-report server", this::startReports);
            steps.run("worker server", this::startWorker);
            steps.run("Registrator", this::startRegistrator);
            steps.run("Instructor", calls::open);
            steps.run("Monitor", node::start);
        } catch (IOException e) {
            throw new BspException(BspException.Kind.FATAL, "the groom cannot start: " + e, e);
        }
        loop.post(new GroomEvent.Started(
                new GroomAddresses(worker.host(), worker.port(), http, reports.address()), steps.done()));
    }

    private void openLocalFolder() throws BspException, InterruptedException {
        Path folder = Path.of(configuration.get(Keys.LOCAL_DIR));
        local = LocalFolder.open(folder, configuration.get(Keys.MASTER_RETENTION_JOBS));
        diskState = diskCheck(local).look();
        if (!diskState.writable()) {
            throw BspException.user("%s; give another", diskState.problem());
        }
    }

    private DiskCheck diskCheck(CheckedFiles files) {
        return new DiskCheck(local.path(), files, configuration.get(Keys.GROOM_DISK_MIN_FREE));
    }

    private void checkTables() {
        if (!snapshot.children().isEmpty() || snapshot.reportsWaiting() != 0) {
            throw new IllegalStateException("a groom begins with empty tables, not with " + snapshot);
        }
    }

    private void startWeb() throws BspException {
        HostPort address = configuration.get(Keys.GROOM_HTTP_ADDRESS);
        int port = links.startWeb(configuration.bound(address), this::snapshot, () -> calls);
        http = address.withPort(port).toString();
    }

    private void startReports() throws BspException {
        Optional<HostPort> tcp = configuration.get(Keys.GROOM_REPORT_ADDRESS);
        reports = TaskReportServer.open(
                tcp,
                tcp.map(configuration::bound),
                local.path(),
                clock,
                loop::post,
                fault -> broken("the task-report server", fault));
        reports.start();
        children = new ChildProcesses(setup.launchConfig(reports.address(), peerFolder()), local, random, loop::post);
    }

    /** Where children of all grooms of this user on this machine meet; without it they are linked by TCP. */
    private static Optional<PeerFolder> peerFolder() {
        PeerFolder folder;
        try {
            folder = PeerFolder.ofUser();
        } catch (IOException e) {
            LOG.warn("children of this machine can be linked by TCP only: {}", e.toString());
            return Optional.empty();
        }
        try {
            folder.sweep();
        } catch (IOException e) {
            LOG.warn("what earlier children have left in {} could not be removed: {}", folder, e.toString());
        }
        return Optional.of(folder);
    }

    private void startWorker() throws BspException {
        calls = new GroomCalls(loop::post, local.logs(), disk, children::threads);
        HostPort address = configuration.get(Keys.GROOM_RPC_ADDRESS);
        worker = address.withPort(links.startWorker(configuration.bound(address), calls));
    }

    private void startRegistrator() {
        node = new NodeManager(
                diskCheck(new GroomFiles(local, reports)),
                diskState,
                configuration.get(Keys.GROOM_DISK_CHECK_INTERVAL),
                clock,
                reading -> loop.post(new GroomEvent.NodeSampled(reading)));
        MasterCaller master = new MasterCaller(links.master(), loop::post);
        actions = new GroomActions(master, calls, reports, children, failed);
        loop.start();
    }

    /** By the core's thread, after each batch of events. */
    private void publish() {
        GroomSnapshot now = core.snapshot();
        snapshot = now;
        if (now.registered() && !readyWritten) {
            readyWritten = true;
            String line = "rpc=" + worker + " http=" + http + " report=" + reports.address();
            disk.execute(() -> {
                try {
                    pidFiles.writeReady(line);
                } catch (IOException e) {
                    failed.accept("cannot write that the groom is ready: " + e);
                }
            });
        }
    }

    /**
     * Ends the children and everything else, within 3 s or little more, also where a disk hangs. What an earlier failure left
     * unopened is passed over.
     */
    @Override
    public synchronized void close() {
        long untilNs = clock.nanoTime() + CLOSE_TIME.toNanos();
        loop.close();
        Closing.closeAll(children, links, node);
        Duration left = Duration.ofNanos(untilNs - clock.nanoTime());
        Duration time = left.compareTo(LEAST_DISK_TIME) < 0 ? LEAST_DISK_TIME : left;
        if (!Closing.closeWithin(time, reports, local, pidFiles::remove)) {
            LOG.warn("a disk does not answer: the files of this groom's socket, lock and pid are left as they are");
        }
        disk.shutdownNow();
    }
}
