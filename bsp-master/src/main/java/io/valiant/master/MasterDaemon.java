package io.valiant.master;

import io.valiant.bsp.BspException;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.config.Secrets;
import io.valiant.config.SoftwareVersion;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.rpc.Answer;
import io.valiant.master.rpc.LogRelay;
import io.valiant.master.rpc.MasterCalls;
import io.valiant.master.rpc.MasterRpcServer;
import io.valiant.master.rpc.Queries;
import io.valiant.master.store.StateFolder;
import io.valiant.master.web.MasterCounts;
import io.valiant.master.web.MasterWeb;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's parts, started in order and stopped in reverse: state, leadership, IPC, HTTP. When a leadership ends by itself
 * the next one loads the state again in this process; when that does not help the master gives up, unless it is the store that
 * is full or away.
 */
final class MasterDaemon implements MasterCalls, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterDaemon.class);

    /** So many leaderships may end by themselves in {@link #FAULT_WINDOW} before the master gives up. */
    private static final int MAX_FAULTS = 3;

    private static final Duration FAULT_WINDOW = Duration.ofMinutes(1);
    private static final Duration FIRST_STORE_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STORE_PAUSE = Duration.ofSeconds(10);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    private final MasterSetup setup;
    private final Consumer failed;
    private final Instant startedAt;
    private final MasterCounts counts = new MasterCounts();
    private final CompletableFuture<Void> leads = new CompletableFuture<>();

    /** Before the store is tried again; 0 as long as it works. */
    private volatile long storePauseNs;

    // guarded by this
    private final ArrayDeque<Long> faultsNs = new ArrayDeque<>();
    private StateFolder folder;
    private boolean closed;

    private volatile Leadership leadership;
    private volatile MasterSnapshot snapshot = MasterSnapshot.EMPTY;
    private volatile boolean serves;

    /** The snapshot is of a leadership that lasts. */
    private volatile boolean leading;

    private MasterRpcServer rpc;
    private MasterWeb web;
    private InetSocketAddress webAddress;

    /** Told once, in one line, why the master cannot go on. */
    interface Consumer {
        void accept(String why);
    }

    MasterDaemon(MasterSetup setup, Consumer failed) {
        this.setup = setup;
        this.failed = failed;
        this.startedAt = setup.clock().wallTime();
    }

    /** Starts all parts; returns when the master leads and serves. After a failure {@link #close} undoes what was done. */
    void start() throws BspException {
        BspConfiguration configuration = setup.configuration();
        synchronized (this) {
            folder = StateFolder.take(Path.of(configuration.get(Keys.MASTER_STATE_DIR)));
            lead();
        }
        awaitLeadership();
        rpc = new MasterRpcServer(
                configuration.bound(configuration.get(Keys.MASTER_RPC_ADDRESS)),
                this,
                this::facts,
                setup.grooms(),
                setup.clock(),
                counts);
        startWeb(configuration);
        rpc.start();
        synchronized (this) {
            serves = true;
            leadership.serves();
        }
        LOG.info("[master] serves at rpc {} http {} as of epoch {}", rpcAddress(), httpAddress(), snapshot.epoch());
    }

    /** Pages say that this master does not lead until calls are answered too. */
    private void startWeb(BspConfiguration configuration) throws BspException {
        HostPort bind = configuration.bound(configuration.get(Keys.MASTER_HTTP_ADDRESS));
        Supplier<MasterSnapshot> served = () -> serves && leading ? snapshot : MasterSnapshot.EMPTY;
        web = new MasterWeb(
                bind,
                served,
                new Queries(served, this::facts),
                this,
                new LogRelay(this, setup.grooms()),
                configuration,
                setup.random(),
                setup.clock(),
                counts);
        try {
            webAddress = web.start();
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    Keys.MASTER_HTTP_ADDRESS.name() + " = " + configuration.get(Keys.MASTER_HTTP_ADDRESS) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private void awaitLeadership() throws BspException {
        try {
            leads.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BspException(BspException.Kind.FATAL, "interrupted while the master started", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new BspException(BspException.Kind.FATAL, e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new BspException(
                    BspException.Kind.FATAL,
                    "the state in " + folder.database() + " could not be written within " + START_TIMEOUT.toSeconds()
                            + " s",
                    e);
        }
    }

    /** Where clients and grooms reach it; after {@link #start}. */
    HostPort rpcAddress() {
        return setup.configuration().get(Keys.MASTER_RPC_ADDRESS).withPort(rpc.port());
    }

    /** Where browsers reach it; after {@link #start}. */
    HostPort httpAddress() {
        return setup.configuration().get(Keys.MASTER_HTTP_ADDRESS).withPort(webAddress.getPort());
    }

    private MasterRpcServer.Facts facts() {
        return new MasterRpcServer.Facts(
                rpcAddress().toString(),
                httpAddress().toString(),
                SoftwareVersion.text(),
                startedAt,
                setup.configuration().get(Keys.SYSTEM_DIR),
                Secrets.masked(setup.configuration().texts()));
    }

    // ---- leadership

    /** Holding this. */
    private void lead() throws BspException {
        Leadership next = new Leadership(setup, folder.database(), counts, this::publish, this::leadershipFailed);
        leadership = next;
        next.start();
        if (serves) {
            next.serves();
        }
    }

    private void publish(MasterSnapshot stored) {
        snapshot = stored;
        leading = true;
        storePauseNs = 0;
        leads.complete(null);
    }

    /** In a thread of the leadership that failed: another one takes over. */
    private void leadershipFailed(Throwable why) {
        leading = false;
        LOG.error("[master] epoch {} has ended: {}", snapshot.epoch(), why.getMessage(), why);
        new Thread(() -> leadAgain(why), "master-lead").start();
    }

    private synchronized void leadAgain(Throwable why) {
        if (closed) {
            return;
        }
        leadership.close();
        // what it was storing when it failed may have been published since
        leading = false;
        if (!leads.isDone() || isKind(why, BspException.Kind.FENCED)) {
            giveUp(why.getMessage() == null ? why.toString() : why.getMessage());
        } else if (isKind(why, BspException.Kind.RETRIABLE)) {
            leadLater(why);
        } else if (isOneFaultTooMany()) {
            giveUp(why.getMessage() == null ? why.toString() : why.getMessage());
        } else {
            tryToLead();
        }
    }

    private static boolean isKind(Throwable why, BspException.Kind kind) {
        return why instanceof BspException told && told.kind() == kind;
    }

    private boolean isOneFaultTooMany() {
        long nowNs = setup.clock().nanoTime();
        faultsNs.add(nowNs);
        while (nowNs - faultsNs.peek() > FAULT_WINDOW.toNanos()) {
            faultsNs.poll();
        }
        return faultsNs.size() >= MAX_FAULTS;
    }

    /** The store is full or away: it is tried again for as long as that lasts, since nobody else could do better. */
    private void leadLater(Throwable why) {
        storePauseNs = Math.min(LONGEST_STORE_PAUSE.toNanos(), Math.max(FIRST_STORE_PAUSE.toNanos(), 2 * storePauseNs));
        LOG.error(
                "[master] does not lead, and tries again in {} ms: {}",
                TimeUnit.NANOSECONDS.toMillis(storePauseNs),
                why.getMessage());
        CompletableFuture.delayedExecutor(
                        storePauseNs, TimeUnit.NANOSECONDS, task -> new Thread(task, "master-lead").start())
                .execute(this::tryToLead);
    }

    private synchronized void tryToLead() {
        if (closed) {
            return;
        }
        try {
            lead();
        } catch (BspException e) {
            if (isKind(e, BspException.Kind.RETRIABLE)) {
                leadLater(e);
            } else {
                giveUp(e.getMessage());
            }
        } catch (RuntimeException | Error e) {
            // nobody else would be told: a master that never leads again has to end
            LOG.error("[master] cannot lead again", e);
            giveUp("cannot lead again: " + e);
        }
    }

    private void giveUp(String why) {
        LOG.error("[master] gives up: {}", why);
        leads.completeExceptionally(new BspException(BspException.Kind.FATAL, why));
        failed.accept(why);
    }

    /** Stops all parts, the newest first. */
    @Override
    public void close() {
        Leadership last;
        synchronized (this) {
            closed = true;
            last = leadership;
        }
        if (rpc != null) {
            rpc.close();
        }
        if (last != null) {
            last.close();
        }
        try {
            if (web != null) {
                web.close();
            }
            if (folder != null) {
                folder.close();
            }
        } catch (IOException e) {
            LOG.warn("[master] {}", e.getMessage(), e);
        }
    }

    // ---- calls

    private <T> void call(Answer<T> answer, Function<MasterReply, T> read, LongFunction<MasterEvent> event) {
        Leadership leads = leadership;
        if (leads == null) {
            answer.refused(ErrorCode.NO_LEADER.code(), "the master is starting; try again");
        } else {
            leads.call(answer, read, event);
        }
    }

    @Override
    public void submit(JobSpec spec, Answer<MasterReply.Submitted> answer) {
        call(answer, MasterReply.Submitted.class::cast, call -> new MasterEvent.Submit(call, spec));
    }

    @Override
    public void cancel(JobId job, String user, Answer<MasterReply.Done> answer) {
        call(answer, MasterReply.Done.class::cast, call -> new MasterEvent.Cancel(call, job, user));
    }

    @Override
    public void delete(JobId job, String user, Answer<MasterReply.Done> answer) {
        call(answer, MasterReply.Done.class::cast, call -> new MasterEvent.DeleteJob(call, job, user));
    }

    @Override
    public void supersteps(JobId job, int last, Answer<MasterReply.Supersteps> answer) {
        call(answer, MasterReply.Supersteps.class::cast, call -> new MasterEvent.AskSupersteps(call, job, last));
    }

    @Override
    public void describe(JobId job, Answer<MasterReply.Described> answer) {
        call(answer, MasterReply.Described.class::cast, call -> new MasterEvent.DescribeJob(call, job));
    }

    @Override
    public void tryPlacement(int tasks, String selector, int priority, Answer<MasterReply.Tried> answer) {
        call(
                answer,
                MasterReply.Tried.class::cast,
                call -> new MasterEvent.TryPlacement(call, tasks, selector, priority));
    }

    @Override
    public void awaitEnd(JobId job, Duration wait, Answer<MasterReply.Ended> answer) {
        Duration capped = wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
        long untilNs = setup.clock().nanoTime() + capped.toNanos();
        call(answer, MasterReply.Ended.class::cast, call -> new MasterEvent.AwaitEnd(call, job, untilNs));
    }

    @Override
    public void endAttempt(AttemptId attempt, boolean fail, String user, Answer<MasterReply.Done> answer) {
        call(answer, MasterReply.Done.class::cast, call -> new MasterEvent.EndAttempt(call, attempt, fail, user));
    }

    @Override
    public void stopAttempt(AttemptId attempt, String user, Answer<MasterReply.Done> answer) {
        call(answer, MasterReply.Done.class::cast, call -> new MasterEvent.StopAttempt(call, attempt, user));
    }

    @Override
    public void resumeTask(JobId job, int task, String user, Answer<MasterReply.Done> answer) {
        call(answer, MasterReply.Done.class::cast, call -> new MasterEvent.ResumeTask(call, job, task, user));
    }

    @Override
    public void drainGroom(GroomId groom, String user, Answer<MasterReply.Done> answer) {
        call(answer, MasterReply.Done.class::cast, call -> new MasterEvent.DrainGroom(call, groom, user));
    }

    @Override
    public void undrainGroom(GroomId groom, String user, Answer<MasterReply.Done> answer) {
        call(answer, MasterReply.Done.class::cast, call -> new MasterEvent.UndrainGroom(call, groom, user));
    }

    @Override
    public void removeGroom(GroomId groom, String user, Answer<MasterReply.Done> answer) {
        call(answer, MasterReply.Done.class::cast, call -> new MasterEvent.RemoveGroom(call, groom, user));
    }

    @Override
    public void register(GroomRegistration registration, Answer<RegistrationReply> answer) {
        call(
                answer,
                reply -> ((MasterReply.Registration) reply).reply(),
                call -> new MasterEvent.Register(call, registration));
    }

    @Override
    public void heartbeat(Heartbeat heartbeat, Answer<HeartbeatReply> answer) {
        call(answer, reply -> ((MasterReply.Beat) reply).reply(), call -> new MasterEvent.Beat(call, heartbeat));
    }

    @Override
    public void report(GroomReportMessage message, Answer<ReportReply> answer) {
        call(answer, reply -> ((MasterReply.Reported) reply).reply(), call -> new MasterEvent.Report(call, message));
    }

    @Override
    public MasterSnapshot snapshot() {
        return snapshot;
    }
}
