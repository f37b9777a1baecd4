package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.exchange.BarrierGate;
import io.valiant.exchange.DataEndpoint;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.io.FileStores;
import io.valiant.io.Retry;
import io.valiant.io.StorageException;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.ChildHandover;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.PeerTable;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import io.valiant.time.SystemPauses;
import io.valiant.transport.LocalLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A child JVM at work. Its main thread sees to the core's time-outs, so that pings go out whatever the owner of the links
 * may be busy with. Threads: {@code main}, {@code program}, {@code groom-reader}, {@code groom-writer}, and the I/O thread
 * of the links.
 */
final class ChildProcess {
    /** A deadline that has come nearer is seen so much too late at most, in nanoseconds. */
    private static final long LOOK_AFTER_NS = 100_000_000L;

    /**
     * Small, so that in a job that is played messages lie across the ends of frames, as they do in large ones: code that was optimised
     * as if that never happened would be thrown away when it does.
     */
    private static final int REHEARSED_FRAME_BYTES = 16 << 10;

    private final ChildHandover handover;
    private final boolean rehearsed;
    private final Clock clock = SystemClock.INSTANCE;
    private final PeerLinks links;
    private final ChildDriver driver;
    private final GroomConnection groom;
    private final TaskThread task;

    /** Of one that is only rehearsed: it has left. */
    private volatile boolean left;

    /** Who serves the core. */
    private volatile Thread server;

    ChildProcess(ChildHandover handover) {
        this(handover, false);
    }

    /** @param rehearsed whether this JVM waits for its attempt and only plays one: it outlives the end of that */
    ChildProcess(ChildHandover handover, boolean rehearsed) {
        this.handover = handover;
        this.rehearsed = rehearsed;
        this.links = bind(handover.dataHost(), localLinks());
        ChildConfig config = new ChildConfig(
                handover.attempt(),
                handover.token(),
                handover.pingIntervalNs(),
                handover.orphanTimeoutNs(),
                handover.killGraceNs(),
                ChildConfig.ROLL_BACK_NS);
        this.driver = new ChildDriver(new ChildCore(config), clock, this::carryOut, this::progress);
        this.groom = new GroomConnection(handover.reportAddress(), driver::post);
        FileStores stores =
                new FileStores(hadoopKeys()).retrying(new Retry(handover.fsRetryNs(), clock, SystemPauses.INSTANCE));
        Path jars = Path.of(handover.workFolder()).resolve("jars");
        ProgramLoader loader = new FreshLoader(uris -> JobJars.loader(uris, stores, jars));
        SideFiles files = new SideFiles(stores, Path.of(handover.workFolder()).resolve("files"));
        this.task = new TaskThread(driver, links, stores, loader, files, handover.checkpoints());
    }

    /** An address that cannot be bound is a failure to be told to the groom, so the child attaches all the same. */
    private PeerLinks bind(String host, LocalLinks local) {
        try {
            return new EndpointLinks(DataEndpoint.bind(host, 0, local, clock, this::note), this::exchangeConfig);
        } catch (BspException e) {
            return new UnboundLinks(host, e);
        }
    }

    private LocalLinks localLinks() {
        String folder = handover.peerFolder();
        return new LocalLinks(handover.peerTransport(), folder.isEmpty() ? null : Path.of(folder), handover.attempt());
    }

    /** What is only played has nothing to say. */
    private void note(String line) {
        if (rehearsed) {
            return;
        }
        System.err.println("[" + handover.attempt() + "] " + line);
    }

    private SortedMap<String, String> hadoopKeys() {
        SortedMap<String, String> keys = new TreeMap<>(handover.configuration());
        keys.keySet().removeIf(key -> key.startsWith("bsp."));
        return keys;
    }

    private ExchangeConfig exchangeConfig(int localPeers) {
        long messageBytes = (long) (Runtime.getRuntime().maxMemory() * handover.messageMemoryFraction());
        ExchangeConfig config = ExchangeConfig.of(messageBytes, Path.of(handover.spillFolder()), localPeers, clock)
                .withMaxMessageBytes(handover.messageMaxBytes());
        return rehearsed ? config.withFrameBytes(REHEARSED_FRAME_BYTES) : config;
    }

    /**
     * Serves the core; the process exits by the core's decision. Returns only if it is rehearsed, when its threads and links
     * have ended.
     */
    void run() {
        server = Thread.currentThread();
        if (!rehearsed) {
            new ExitMark(Path.of(handover.markFile())).install();
            Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
        }
        // A group of its own: by it the threads are known that the program starts.
        Thread program = new Thread(new ThreadGroup("program"), task, "program");
        program.setDaemon(true);
        program.start();
        long pid = ProcessHandle.current().pid();
        driver.post(new ChildEvent.Started(pid, links.host(), links.port()));
        if (links instanceof UnboundLinks unbound) {
            driver.post(new ChildEvent.ProgramFailed(unbound.cause()));
        }
        while (!left) {
            driver.step();
            long waitNs = driver.deadlineNs() - clock.nanoTime();
            LockSupport.parkNanos(driver, Math.min(LOOK_AFTER_NS, Math.max(1, waitNs)));
        }
        links.close();
        awaitEnd(program);
    }

    private static void awaitEnd(Thread program) {
        boolean interrupted = false;
        while (program.isAlive()) {
            try {
                program.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has one that is rehearsed leave, wherever it is; nothing happens if it has. Does not wait. Any thread. */
    void dismiss() {
        driver.post(new ChildEvent.FromGroom(new GroomMessage.Refused("the rehearsal is over")));
    }

    /** Carries out an effect without blocking, in whatever thread steps the core. */
    private void carryOut(ChildEffect effect) {
        if (effect instanceof ChildEffect.ConnectGroom) {
            groom.connect();
        } else if (effect instanceof ChildEffect.ToGroom tell) {
            groom.send(tell.message());
        } else if (effect instanceof ChildEffect.Exit exit && !rehearsed) {
            leave(exit);
        } else if (effect instanceof ChildEffect.Exit) {
            task.order(effect);
            left = true;
            LockSupport.unpark(server);
        } else {
            task.order(effect);
        }
    }

    private AttemptProgress progress() {
        return task.progress();
    }

    /**
     * A thread that dies of a want of memory may leave the program waiting for it; other threads of the program die as in
     * any JVM.
     */
    private void uncaught(Thread thread, Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            driver.post(new ChildEvent.ProgramFailed(Failures.of(failure, null)));
        }
        System.err.println("[" + handover.attempt() + "] thread '" + thread.getName() + "' died: " + failure);
        failure.printStackTrace();
    }

    /** Exits in a thread of its own: the one that steps the core may hold what a shutdown hook of the program wants. */
    private void leave(ChildEffect.Exit exit) {
        if (exit.code() != 0) {
            System.err.println("[" + handover.attempt() + "] leaves with code " + exit.code() + ": " + exit.reason());
        }
        Thread leaver = new Thread(() -> System.exit(exit.code()), "exit");
        leaver.setDaemon(true);
        leaver.start();
        Thread last = new Thread(() -> haltAfterGrace(exit.code()), "halt");
        last.setDaemon(true);
        last.start();
    }

    /** Hooks of a program that never end must not keep the slot. */
    private void haltAfterGrace(int code) {
        long deadlineNs = clock.nanoTime() + handover.killGraceNs();
        while (clock.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(deadlineNs - clock.nanoTime());
        }
        Runtime.getRuntime().halt(code);
    }

    /** Makes a loader for each generation; the one before is closed, for its jars are copied anew. Program's thread. */
    private static final class FreshLoader implements ProgramLoader {
        private final LoaderMaker maker;
        private JobClassLoader open;

        private FreshLoader(LoaderMaker maker) {
            this.maker = maker;
        }

        @Override
        public ClassLoader of(List<String> jars) throws BspException {
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException e) {
                throw new StorageException("cannot close the jars of the generation before: " + e.getMessage(), e);
            }
            open = maker.of(jars);
            return open;
        }
    }

    /** Makes a loader of jars. */
    private interface LoaderMaker {
        JobClassLoader of(List<String> jars) throws BspException;
    }

    /** Stands for links of an address that could not be bound. */
    private record UnboundLinks(String host, BspException failure) implements PeerLinks {
        private Cause cause() {
            return Cause.of(CauseType.EXIT, failure.getMessage());
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public Exchange open(PeerTable table, int index, BarrierGate gate, long superstep) throws BspException {
            throw failure;
        }

        @Override
        public void abandon() {}

        @Override
        public void close() {}
    }
}
