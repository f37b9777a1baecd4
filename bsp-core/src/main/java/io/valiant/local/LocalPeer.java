package io.valiant.local;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.io.FileStores;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;
import io.valiant.task.ChildConfig;
import io.valiant.task.ChildCore;
import io.valiant.task.ChildDriver;
import io.valiant.task.ChildEffect;
import io.valiant.task.ChildEvent;
import io.valiant.task.PeerLinks;
import io.valiant.task.ProgramLoader;
import io.valiant.task.SideFiles;
import io.valiant.task.TaskThread;
import io.valiant.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/** One peer of a local job: a child without a process. Fields are the job's thread's, unless they say otherwise. */
final class LocalPeer {
    private static final long PING_NS = 500_000_000L;
    private static final long NEVER_NS = Duration.ofDays(36_500).toNanos();

    private final TaskAssignment assignment;
    private final PeerLinks links;
    private final LocalHarness harness;
    private final ChildDriver driver;
    private final TaskThread task;
    private final Thread thread;
    private final BiConsumer<LocalPeer, ChildMessage> groom;
    private final Clock clock;

    private AttemptState state = AttemptState.ASSIGNED;
    private AttemptProgress progress = AttemptProgress.NONE;
    private TaskResult result;
    private Cause cause;
    private Instant startedAt;
    private Instant progressAt;
    private Instant finishedAt;

    /**
     * @param links of this peer alone
     * @param groom takes what the child says; any thread
     */
    LocalPeer(
            TaskAssignment assignment,
            PeerLinks links,
            LocalHarness harness,
            Clock clock,
            FileStores stores,
            ProgramLoader loader,
            SideFiles files,
            BiConsumer<LocalPeer, ChildMessage> groom) {
        AttemptId attempt = assignment.attempt();
        this.assignment = assignment;
        this.links = links;
        this.harness = harness;
        this.groom = groom;
        this.clock = clock;
        ChildConfig config = new ChildConfig(attempt, "local", PING_NS, NEVER_NS, NEVER_NS, NEVER_NS);
        this.driver = new ChildDriver(new ChildCore(config), clock, this::carryOut, this::account);
        this.task = new TaskThread(driver, links, stores, loader, files, harness.checkpoints());
        this.thread = new Thread(task, "program " + attempt);
        thread.setDaemon(true);
    }

    void start() {
        startedAt = clock.wallTime();
        thread.start();
        driver.post(new ChildEvent.Started(ProcessHandle.current().pid(), links.host(), links.port()));
    }

    private void carryOut(ChildEffect effect) {
        if (effect instanceof ChildEffect.ConnectGroom) {
            driver.post(new ChildEvent.GroomConnected());
        } else if (effect instanceof ChildEffect.ToGroom tell) {
            groom.accept(this, tell.message());
        } else {
            if (effect instanceof ChildEffect.CloseParts) {
                harness.ended(assignment.attempt().task());
            }
            task.order(effect);
        }
    }

    private AttemptProgress account() {
        return task.progress();
    }

    /** Says something to the child. */
    void tell(GroomMessage message) {
        driver.post(new ChildEvent.FromGroom(message));
    }

    /** Sees to the child's time-outs. */
    void step() {
        driver.step();
    }

    TaskAssignment assignment() {
        return assignment;
    }

    PeerAddress address() {
        return new PeerAddress(assignment.attempt(), LocalJob.GROOM, links.host(), links.port());
    }

    AttemptState state() {
        return state;
    }

    void attached() {
        state = AttemptState.RUNNING;
        progressAt = clock.wallTime();
    }

    void progress(AttemptProgress now) {
        progress = now;
        progressAt = clock.wallTime();
    }

    /** The superstep it is known to have reached: until it has told of any, the first. */
    long superstep() {
        if (result != null) {
            return result.superstep();
        }
        return progress.equals(AttemptProgress.NONE) ? assignment.firstSuperstep() : progress.superstep();
    }

    String phase() {
        return progress.phase();
    }

    void finished(TaskResult what) {
        result = what;
        state = AttemptState.COMMITTING;
    }

    TaskResult result() {
        return result;
    }

    /** The attempt has ended, well or otherwise; the first end counts. */
    void ended(AttemptState how, Cause why) {
        if (!state.isEnded()) {
            state = how;
            cause = why;
            finishedAt = clock.wallTime();
        }
    }

    /** The job has succeeded: the child may leave. */
    void confirm() {
        tell(new GroomMessage.EndConfirmed(assignment.generation()));
        links.close();
    }

    /** Gives up links and wakes whoever waits for them; the thread ends once its program does. */
    void stop() {
        task.order(new ChildEffect.Exit(1, "the job has ended"));
        thread.interrupt();
        links.close();
    }

    /** Waits until the program's thread is gone. */
    boolean join(long forMs) throws InterruptedException {
        thread.join(Math.max(1, forMs));
        return !thread.isAlive();
    }

    JobStatus.Attempt status() {
        AttemptId attempt = assignment.attempt();
        boolean charged = cause != null && cause.type().isCharged();
        return new JobStatus.Attempt(
                attempt.toString(),
                attempt.task(),
                LocalJob.GROOM,
                1,
                assignment.generation(),
                state,
                charged,
                ProcessHandle.current().pid(),
                null,
                null,
                cause,
                assignment.firstSuperstep(),
                progressAt,
                startedAt,
                finishedAt);
    }
}
