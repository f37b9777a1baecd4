package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.checkpoint.DamagedCheckpointException;
import io.valiant.checkpoint.Manifest;
import io.valiant.checkpoint.PartReader;
import io.valiant.exchange.Exchange;
import io.valiant.io.FileStores;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.SuperstepShare;
import io.valiant.protocol.TaskAssignment;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The work of a task, in the thread named {@code program}: carries out the core's effects that take time (prepare, open
 * links, run, close parts), one after another, and posts what came of them. The same in child JVMs and in local mode.
 *
 * <p>A generation that is abandoned is ended from outside (links, interrupt); what is left of it is then put away by this
 * thread, and of what this thread posts all that lies before {@link ChildEvent.Abandoned} belongs to it. Threads of the
 * program are known by their group, so that in a JVM that may be kept this thread has a group of its own.
 */
public final class TaskThread implements Runnable {
    /** Between two looks at threads that are to end. */
    private static final long LOOK_NS = 5_000_000L;

    private final ChildDriver driver;
    private final PeerLinks links;
    private final FileStores stores;
    private final ProgramLoader loader;
    private final SideFiles files;

    /** The cluster's; the job's own values go before. */
    private final CheckpointTimes checkpointTimes;

    private final LinkedBlockingQueue<ChildEffect> orders = new LinkedBlockingQueue<>();

    /** Program's thread only. */
    private TaskAssignment assignment;

    private boolean prepared;
    private Class<?> programClass;
    private PartReader restored;
    private Exchange exchange;
    private long lastSuperstep;
    private SortedMap<String, Object> kept = new TreeMap<>();

    /** Generations up to this one are over. */
    private volatile long abandoned;

    /** Written by itself. */
    private volatile Thread thread;

    /** Written by the program's thread. */
    private volatile RunningTask task;

    /**
     * @param files the job's
     * @param checkpointTimes of the job
     */
    public TaskThread(
            ChildDriver driver,
            PeerLinks links,
            FileStores stores,
            ProgramLoader loader,
            SideFiles files,
            CheckpointTimes checkpointTimes) {
        this.driver = driver;
        this.links = links;
        this.stores = stores;
        this.loader = loader;
        this.files = files;
        this.checkpointTimes = checkpointTimes;
    }

    /**
     * Hands over an effect: Prepare, OpenLinks, StartProgram, CloseParts, Abandon, WantCheckpoint, or Exit to end the thread.
     * Does not wait. Any thread.
     */
    public void order(ChildEffect effect) {
        if (effect instanceof ChildEffect.WantCheckpoint) {
            driver.wantCheckpoint();
            return;
        }
        if (effect instanceof ChildEffect.Abandon abandon) {
            throwOut(abandon.generation());
        }
        orders.add(effect);
    }

    /** Wherever the program of that generation is, it is not to stay there. */
    private void throwOut(long generation) {
        abandoned = generation;
        links.abandon();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** The task's account of itself. Any thread. */
    public AttemptProgress progress() {
        RunningTask running = task;
        return running == null ? AttemptProgress.NONE : running.progress();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            ChildEffect order = next();
            while (!(order instanceof ChildEffect.Exit)) {
                carryOut(order);
                order = next();
            }
        } finally {
            release();
        }
    }

    /** Only Exit ends this thread: an interrupt without it is one that the program has left behind. */
    private ChildEffect next() {
        while (true) {
            try {
                return orders.take();
            } catch (InterruptedException e) {
                // whoever wants this thread to end at once has ordered it before
                for (ChildEffect order : orders) {
                    if (order instanceof ChildEffect.Exit) {
                        return order;
                    }
                }
            }
        }
    }

    private void carryOut(ChildEffect order) {
        try {
            if (order instanceof ChildEffect.Prepare prepare) {
                prepare(prepare.assignment());
            } else if (order instanceof ChildEffect.Abandon abandon) {
                putAway(abandon.generation());
            } else if (!prepared || isAbandoned()) {
                // Of a generation that has failed or is over, ordered before that was known.
                return;
            } else if (order instanceof ChildEffect.OpenLinks open) {
                open(open.table());
            } else if (order instanceof ChildEffect.StartProgram) {
                runProgram();
            } else if (order instanceof ChildEffect.CloseParts) {
                tellSupersteps();
                post(new ChildEvent.PartsClosed(task.finish(lastSuperstep)));
            } else {
                throw new IllegalArgumentException("not for the program's thread: " + order);
            }
        } catch (Throwable e) {
            // Errors too: a program may overflow its stack or its heap, and its groom has to know which.
            failed(e);
        }
    }

    /** The last of them, before the groom hears of the end. */
    private void tellSupersteps() {
        List<SuperstepShare> shares = exchange.takeLastSupersteps();
        if (!shares.isEmpty()) {
            post(new ChildEvent.Supersteps(assignment.generation(), shares));
        }
    }

    private void failed(Throwable failure) {
        prepared = false;
        DamagedCheckpointException damage = Failures.find(failure, DamagedCheckpointException.class);
        if (damage != null && assignment.restore() != null) {
            post(new ChildEvent.RestoreFailed(assignment.restore(), damage.getMessage()));
        } else {
            post(new ChildEvent.ProgramFailed(Failures.of(failure, exchange == null ? null : exchange.superstep())));
        }
    }

    /** Of a generation that is over nothing is told any more. */
    private void post(ChildEvent event) {
        if (!isAbandoned()) {
            driver.post(event);
        }
    }

    private boolean isAbandoned() {
        return assignment.generation() <= abandoned;
    }

    private void prepare(TaskAssignment given) throws BspException {
        assignment = given;
        if (isAbandoned()) {
            return;
        }
        String name = given.spec().programClass();
        ClassLoader job = loader.of(given.spec().jars());
        Thread.currentThread().setContextClassLoader(job);
        try {
            programClass = Class.forName(name, false, job);
        } catch (ClassNotFoundException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the class " + name + " is in none of the job's jars "
                            + given.spec().jars(),
                    e);
        }
        prepared = true;
    }

    /** The checkpoint to begin from, if it is what was written, to the last byte. */
    private PartReader checked(TaskAssignment given) throws BspException {
        Manifest manifest = Manifest.read(stores, given.restore());
        if (!manifest.job().equals(given.attempt().job())
                || manifest.parts().size() != given.spec().tasks()) {
            throw new DamagedCheckpointException(given.restore() + " is of another job: " + manifest);
        }
        return PartReader.open(stores, manifest, given.attempt().task());
    }

    private void open(PeerTable table) throws BspException, IOException {
        long superstep = assignment.firstSuperstep();
        CheckpointTimes times = assignment.checkpoints() == null ? CheckpointTimes.NONE : checkpointTimes;
        driver.linksOf(table.generation(), new CheckpointSchedule(times, Math.max(0, superstep), driver.nowNs()));
        exchange = links.open(table, assignment.attempt().task(), driver, superstep);
        driver.tells(exchange::takeSupersteps);
        // while all of it is read, which may take long, the links are kept alive
        restored = assignment.restore() == null ? null : checked(assignment);
        RunningTask opened = new RunningTask(assignment, stores, exchange, driver::post, handOver(), files);
        task = opened;
        if (restored != null) {
            opened.restore(restored);
        }
        post(new ChildEvent.LinksUp(table.generation()));
    }

    /** What the generation before has left; who begins anew makes it anew, and has no room for both. */
    private SortedMap<String, Object> handOver() {
        SortedMap<String, Object> left = restored == null ? new TreeMap<>() : kept;
        kept = new TreeMap<>();
        return left;
    }

    private void runProgram() throws BspException {
        factory(assignment.spec().type()).create(programClass, task).run();
        exchange.checkAlive();
        lastSuperstep = Math.max(0, exchange.superstep() - 1);
        post(new ChildEvent.ProgramEnded(lastSuperstep));
    }

    /**
     * The program of that generation has ended, well or otherwise: ends what is left of it. Says nothing as long as a thread
     * of the program lives; the core waits only so long.
     */
    private void putAway(long generation) {
        boolean unused = Thread.interrupted();
        if (exchange != null) {
            exchange.close();
        }
        RunningTask old = task;
        task = null;
        if (old != null) {
            kept = old.keeping();
            putAway(old, old::giveUp);
        }
        closeRestored();
        driver.linksClosed();
        exchange = null;
        programClass = null;
        prepared = false;
        Thread.currentThread().setContextClassLoader(TaskThread.class.getClassLoader());
        if (awaitThreads()) {
            driver.post(new ChildEvent.Abandoned(generation));
            // after that: a name node may take longer for it than the core waits
            if (old != null) {
                putAway(old, old::abandon);
            }
        }
    }

    private interface Step {
        void run() throws BspException;
    }

    /** Whether all threads of the program have ended; gives up when this thread is told to end. */
    private boolean awaitThreads() {
        ProgramThreads threads = new ProgramThreads(Thread.currentThread());
        List<Thread> left = threads.left();
        left.forEach(Thread::interrupt);
        while (!left.isEmpty()) {
            if (orders.peek() instanceof ChildEffect.Exit) {
                return false;
            }
            boolean unused = Thread.interrupted();
            LockSupport.parkNanos(this, LOOK_NS);
            left = threads.left();
        }
        return true;
    }

    /** What cannot be closed is thrown away all the same: nothing of that generation counts. */
    private static void putAway(RunningTask old, Step step) {
        try {
            step.run();
        } catch (BspException e) {
            System.err.println("[" + old.attempt() + "] output of a generation that is over: " + e.getMessage());
        }
    }

    private void closeRestored() {
        PartReader old = restored;
        restored = null;
        try {
            if (old != null) {
                old.close();
            }
        } catch (IOException e) {
            System.err.println("a checkpoint that was read cannot be closed: " + e.getMessage());
        }
    }

    private static ProgramFactory factory(String type) throws BspException {
        for (ProgramFactory factory : ServiceLoader.load(ProgramFactory.class, ProgramFactory.class.getClassLoader())) {
            if (factory.type().equals(type)) {
                return factory;
            }
        }
        throw new BspException(
                BspException.Kind.FATAL, "nothing on the class path runs programs of type '" + type + "'");
    }

    private void release() {
        closeRestored();
        try {
            if (task != null) {
                task.abandon();
            }
        } catch (BspException e) {
            // For a core that still listens; one that told this thread to end does not.
            driver.post(new ChildEvent.ProgramFailed(Failures.of(e, null)));
        }
    }
}
