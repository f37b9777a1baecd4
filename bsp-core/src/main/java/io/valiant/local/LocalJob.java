package io.valiant.local;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.OutputCommitter;
import io.valiant.io.StorageException;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.SuperstepTimeline;
import io.valiant.protocol.TaskAssignment;
import io.valiant.task.Failures;
import io.valiant.task.JobClassLoader;
import io.valiant.task.JobJars;
import io.valiant.task.SideFiles;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A job whose peers are threads. Its own thread, named after the job, is to them what groom and master are to a child: it
 * answers, publishes the peers, and commits the output when all have finished.
 */
final class LocalJob {
    /** Group of the counters made of the tasks' facts. */
    private static final String FACTS = "bsp";

    /** The name of the groom in status and causes. */
    static final String GROOM = "local";

    private static final long STEP_NS = 100_000_000L;
    private static final long LAST_WAIT_MS = 3_000;

    private final JobId id;
    private final JobSpec spec;
    private final BspConfiguration configuration;
    private final FileStores stores;
    private final Clock clock = SystemClock.INSTANCE;
    private final LinkedBlockingQueue<Said> said = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final LocalHarness harness;
    private final List<LocalPeer> peers = new ArrayList<>();

    /** By task: its attempts in generations that are over. */
    private final List<List<JobStatus.Attempt>> before = new ArrayList<>();

    private final Instant submittedAt = clock.wallTime();
    private List<List<InputSplit>> splits;
    private Path folder;
    private LocalCheckpoints checkpoints;
    private JobClassLoader loader;
    private int generation;

    /** The job's thread's own. */
    private JobState state = JobState.RUNNING;

    private Cause cause;
    private Instant finishedAt;

    /** What others see; a new one after each change. */
    private volatile JobStatus status;

    /** The job's thread's own. */
    private final SuperstepTimeline timeline;

    private volatile List<SuperstepStatus> supersteps = List.of();

    private volatile boolean cancelled;

    /** Something a child said. A message of null: look again, the job may have been cancelled. */
    private record Said(LocalPeer peer, ChildMessage message) {}

    /** @param stores try again what is away */
    LocalJob(JobId id, JobSpec spec, BspConfiguration configuration, FileStores stores, LocalHarness harness) {
        this.id = id;
        this.spec = spec;
        this.configuration = configuration;
        this.stores = stores;
        this.harness = harness;
        this.timeline = new SuperstepTimeline(spec.tasks());
    }

    JobId id() {
        return id;
    }

    JobStatus status() {
        return status;
    }

    List<SuperstepStatus> supersteps() {
        return supersteps;
    }

    boolean awaitEnd(long forNs) throws InterruptedException {
        return end.await(forNs, TimeUnit.NANOSECONDS);
    }

    void cancel() {
        cancelled = true;
        said.add(new Said(null, null));
    }

    /** Makes peers and starts the job's thread; if that fails nothing is left. */
    void start(List<List<InputSplit>> ofTasks) throws BspException {
        try {
            folder = Files.createTempDirectory("valiant-" + id + "-");
        } catch (IOException e) {
            throw new StorageException("no temporary folder for job " + id + ": " + e.getMessage(), e);
        }
        try {
            splits = ofTasks;
            checkpoints = new LocalCheckpoints(id, spec.tasks(), stores.once(), folder, clock);
            for (int task = 0; task < spec.tasks(); task++) {
                before.add(new ArrayList<>());
            }
            makePeers();
        } catch (BspException | RuntimeException | Error e) {
            Exception left = cleaned(List.of(this::closeLoader, this::removeFolder));
            if (left != null) {
                e.addSuppressed(left);
            }
            throw e;
        }
        publish();
        Thread thread = new Thread(this::run, "local " + id);
        thread.setDaemon(true);
        thread.start();
    }

    /** The peers of the next generation, with a class loader of their own. */
    private void makePeers() throws BspException {
        generation++;
        loader = JobJars.loader(spec.jars(), stores.once(), folder.resolve("jars-" + generation));
        JobClassLoader ofGeneration = loader;
        harness.begins(generation);
        boolean saves = !harness.checkpoints().equals(CheckpointTimes.NONE);
        double fraction = configuration.get(Keys.MESSAGE_MEMORY_FRACTION);
        long share = (long) (Runtime.getRuntime().maxMemory() * fraction) / spec.tasks();
        for (int task = 0; task < spec.tasks(); task++) {
            ExchangeConfig exchange = ExchangeConfig.of(share, folder.resolve("spill-" + task), spec.tasks(), clock)
                    .withMaxMessageBytes(configuration.get(Keys.MESSAGE_MAX_BYTES));
            TaskAssignment assignment = new TaskAssignment(
                    new AttemptId(id, task, generation),
                    generation,
                    spec,
                    splits.get(task),
                    saves ? checkpoints.folder() : null,
                    checkpoints.newest());
            peers.add(new LocalPeer(
                    assignment,
                    harness.links(task, exchange),
                    harness,
                    clock,
                    stores,
                    jars -> ofGeneration,
                    new SideFiles(stores, folder.resolve("files-" + task)),
                    (peer, message) -> said.add(new Said(peer, message))));
        }
    }

    private void run() {
        try {
            peers.forEach(LocalPeer::start);
            while (!state.isEnded()) {
                Said next = said.poll(STEP_NS, TimeUnit.NANOSECONDS);
                if (cancelled) {
                    cause = Cause.of(CauseType.PREEMPTED, "cancelled");
                    state = JobState.KILLED;
                } else if (next == null) {
                    peers.forEach(LocalPeer::step);
                } else {
                    heard(next.peer(), next.message());
                }
                publish();
            }
        } catch (InterruptedException | IOException | BspException | RuntimeException | Error e) {
            cause = Failures.of(e, null);
            state = JobState.FAILED;
        } finally {
            finish();
        }
    }

    private void heard(LocalPeer peer, ChildMessage message) throws BspException, IOException, InterruptedException {
        if (!peers.contains(peer)) {
            // the last words of a generation that is over
            return;
        }
        if (message instanceof ChildMessage.Attach) {
            peer.attached();
            peer.tell(new GroomMessage.Attached(peer.assignment(), false));
            introduce();
        } else if (message instanceof ChildMessage.Ping ping) {
            peer.progress(ping.progress());
            peer.tell(new GroomMessage.Pong(ping.number()));
        } else if (message instanceof ChildMessage.Supersteps told) {
            timeline.add(told.generation(), peer.assignment().attempt().task(), told.shares());
            supersteps = timeline.last(SuperstepTimeline.MOST);
        } else if (message instanceof ChildMessage.Finished finished) {
            peer.finished(finished.result());
            commitIfAllFinished();
        } else if (message instanceof ChildMessage.Failed failed) {
            if (harness.isDeath(peer.assignment().attempt().task(), failed.cause())) {
                rollBack(peer, failed.cause());
            } else {
                fail(peer, failed.cause());
            }
        } else if (message instanceof ChildMessage.Checkpointed told) {
            checkpoints.add(told);
        } else if (message instanceof ChildMessage.CheckpointFailed) {
            // said on stderr already; the program goes on, and a roll-back takes the one before
            return;
        } else if (message instanceof ChildMessage.RestoreFailed failed) {
            fail(peer, Cause.of(CauseType.STORAGE, failed.checkpoint() + " cannot be used: " + failed.reason()));
        } else if (message instanceof ChildMessage.LinkLost lost) {
            fail(
                    peer,
                    Cause.of(CauseType.PEER_FAILED, "the link to peer " + lost.peer() + " was lost: " + lost.detail()));
        } else {
            throw new IllegalStateException("unknown message of a child: " + message);
        }
    }

    /** A peer is dead: all begin anew, none of those of before is left. */
    private void rollBack(LocalPeer dead, Cause why) throws BspException, IOException, InterruptedException {
        dead.ended(AttemptState.FAILED, why.at(dead.assignment().attempt().toString(), GROOM));
        for (LocalPeer peer : peers) {
            peer.ended(AttemptState.KILLED, Cause.of(CauseType.PEER_FAILED, "another peer failed"));
            peer.stop();
        }
        awaitThreads();
        // what was written before the end counts, though it be heard of only now
        for (Said left = said.poll(); left != null; left = said.poll()) {
            if (left.message() instanceof ChildMessage.Checkpointed told && peers.contains(left.peer())) {
                checkpoints.add(told);
            }
        }
        checkpoints.rollBack();
        for (LocalPeer peer : peers) {
            before.get(peer.assignment().attempt().task()).add(peer.status());
        }
        peers.clear();
        loader.close();
        makePeers();
        peers.forEach(LocalPeer::start);
    }

    private void awaitThreads() throws BspException, InterruptedException {
        long untilNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WAIT_MS);
        for (LocalPeer peer : peers) {
            if (!peer.join(TimeUnit.NANOSECONDS.toMillis(untilNs - clock.nanoTime()))) {
                throw BspException.user(
                        "the program of %s did not end within %d ms after a peer had died",
                        peer.assignment().attempt(), LAST_WAIT_MS);
            }
        }
    }

    /** All are there: each is told where the others are. */
    private void introduce() {
        List<PeerTable.PeerAddress> addresses = new ArrayList<>();
        for (LocalPeer peer : peers) {
            if (peer.state() != AttemptState.RUNNING) {
                return;
            }
            addresses.add(peer.address());
        }
        PeerTable table = new PeerTable(id, generation, new SecureRandomSource().hex128(), addresses);
        peers.forEach(peer -> peer.tell(new GroomMessage.Peers(table)));
    }

    private void commitIfAllFinished() {
        List<OutputPart> parts = new ArrayList<>();
        for (LocalPeer peer : peers) {
            if (peer.result() == null) {
                return;
            }
            parts.addAll(peer.result().parts());
        }
        try {
            if (spec.output() != null) {
                committer(stores).commit(parts);
            }
            state = JobState.SUCCEEDED;
        } catch (BspException e) {
            cause = Failures.of(e, null);
            state = JobState.FAILED;
        }
    }

    private OutputCommitter committer(FileStores in) throws BspException {
        return new OutputCommitter(in, spec.output(), spec.overwrite(), id);
    }

    private void fail(LocalPeer peer, Cause why) {
        cause = why.at(peer.assignment().attempt().toString(), GROOM);
        state = JobState.FAILED;
        peer.ended(AttemptState.FAILED, cause);
    }

    /** Ends peers, removes what the job had for itself, then tells the end. */
    private void finish() {
        for (LocalPeer peer : peers) {
            if (state == JobState.SUCCEEDED) {
                peer.ended(AttemptState.SUCCEEDED, null);
                peer.confirm();
            } else {
                boolean killed = state == JobState.KILLED;
                Cause other = Cause.of(CauseType.PEER_FAILED, "another peer failed");
                peer.ended(AttemptState.KILLED, killed ? cause : other);
                peer.stop();
            }
        }
        try {
            tell(cleaned(List.of(this::joinPeers, this::discardOutput, this::closeLoader, this::removeFolder)));
        } finally {
            finishedAt = clock.wallTime();
            publish();
            end.countDown();
        }
    }

    /** What could not be cleaned up is said, but no reason to call a committed job failed. */
    private void tell(Exception left) {
        if (left == null) {
            return;
        }
        if (cause == null) {
            cause = Failures.of(left, null);
        } else {
            System.err.println("[" + id + "] what it leaves could not be cleaned up: " + left.getMessage());
        }
    }

    private interface Cleaning {
        void run() throws IOException, BspException, InterruptedException;
    }

    /** Does all of it, whatever becomes of the steps before; the first failure has the others with it. Null if all is well. */
    private static Exception cleaned(List<Cleaning> steps) {
        Exception first = null;
        boolean interrupted = false;
        for (Cleaning step : steps) {
            try {
                step.run();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (IOException | BspException | RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return first;
    }

    private void joinPeers() throws InterruptedException {
        long untilNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WAIT_MS);
        for (LocalPeer peer : peers) {
            peer.join(TimeUnit.NANOSECONDS.toMillis(untilNs - clock.nanoTime()));
        }
    }

    private void discardOutput() throws BspException {
        if (spec.output() != null && state != JobState.SUCCEEDED) {
            // nobody waits for a store for what does not count
            committer(stores.once()).discard();
        }
    }

    private void closeLoader() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }

    private void removeFolder() throws BspException {
        String uri = folder.toString();
        stores.of(uri).delete(uri);
    }

    private void publish() {
        List<JobStatus.Task> tasks = new ArrayList<>();
        long superstep = Long.MAX_VALUE;
        for (LocalPeer peer : peers) {
            int task = peer.assignment().attempt().task();
            List<JobStatus.Attempt> attempts = new ArrayList<>(before.get(task));
            attempts.add(peer.status());
            tasks.add(new JobStatus.Task(task, peer.state(), peer.superstep(), attempts));
            superstep = Math.min(superstep, peer.superstep());
        }
        status = new JobStatus(
                id.value(),
                spec.name(),
                spec.type(),
                spec.user(),
                finishedAt == null ? JobState.RUNNING : state,
                phase(),
                null,
                completion(),
                finishedAt == null ? null : cause,
                spec.tasks(),
                peers.isEmpty() ? null : superstep,
                generation,
                generation - 1,
                null,
                submittedAt,
                submittedAt,
                finishedAt,
                null,
                checkpoints.status(),
                spec.output(),
                counters(),
                tasks);
    }

    private String phase() {
        if (finishedAt != null || state != JobState.RUNNING) {
            return null;
        }
        String phase = "computing";
        for (LocalPeer peer : peers) {
            if (peer.state() == AttemptState.ASSIGNED) {
                return "launching";
            }
            if (peer.phase().equals("loading")) {
                phase = "loading";
            }
        }
        return peers.stream().allMatch(peer -> peer.state() == AttemptState.COMMITTING) ? "committing" : phase;
    }

    private String completion() {
        if (finishedAt == null) {
            return null;
        }
        return state == JobState.SUCCEEDED ? "succeeded" : cause.message();
    }

    /** As the master does: counters are summed, of facts the greatest counts. */
    private SortedMap<String, SortedMap<String, Long>> counters() {
        if (finishedAt == null || state != JobState.SUCCEEDED) {
            return null;
        }
        SortedMap<String, SortedMap<String, Long>> sums = new TreeMap<>();
        for (LocalPeer peer : peers) {
            peer.result().counters().forEach((group, counters) -> {
                SortedMap<String, Long> inGroup = sums.computeIfAbsent(group, g -> new TreeMap<>());
                counters.forEach((name, value) -> inGroup.merge(name, value, Long::sum));
            });
            peer.result().facts().forEach((name, value) -> sums.computeIfAbsent(FACTS, g -> new TreeMap<>())
                    .merge(name, value, Long::max));
        }
        return sums;
    }
}
