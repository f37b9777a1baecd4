package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.io.FileStores;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import java.util.ServiceLoader;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The work of a task, in the thread named {@code program}: carries out the core's effects that take time (prepare, open
 * links, run, close parts), one after another, and posts what came of them. The same in child JVMs and in local mode.
 */
public final class TaskThread implements Runnable {
    private final ChildDriver driver;
    private final PeerLinks links;
    private final FileStores stores;
    private final ProgramLoader loader;
    private final LinkedBlockingQueue<ChildEffect> orders = new LinkedBlockingQueue<>();

    /** Program's thread only. */
    private TaskAssignment assignment;

    private Class<?> programClass;
    private Exchange exchange;
    private long lastSuperstep;

    /** Written by the program's thread. */
    private volatile RunningTask task;

    public TaskThread(ChildDriver driver, PeerLinks links, FileStores stores, ProgramLoader loader) {
        this.driver = driver;
        this.links = links;
        this.stores = stores;
        this.loader = loader;
    }

    /** Hands over an effect: Prepare, OpenLinks, StartProgram, CloseParts, or Exit to end the thread. Any thread. */
    public void order(ChildEffect effect) {
        orders.add(effect);
    }

    /** The task's account of itself. Any thread. */
    public AttemptProgress progress() {
        RunningTask running = task;
        return running == null ? AttemptProgress.NONE : running.progress();
    }

    @Override
    public void run() {
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
            } else if (order instanceof ChildEffect.OpenLinks open) {
                open(open.table());
            } else if (order instanceof ChildEffect.StartProgram) {
                runProgram();
            } else if (order instanceof ChildEffect.CloseParts) {
                driver.post(new ChildEvent.PartsClosed(task.finish(lastSuperstep)));
            } else {
                throw new IllegalArgumentException("not for the program's thread: " + order);
            }
        } catch (Throwable e) {
            // Errors too: a program may overflow its stack or its heap, and its groom has to know which.
            driver.post(new ChildEvent.ProgramFailed(Failures.of(e, exchange == null ? null : exchange.superstep())));
        }
    }

    private void prepare(TaskAssignment given) throws BspException {
        assignment = given;
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
    }

    private void open(PeerTable table) throws BspException {
        driver.linksOf(table.generation());
        exchange = links.open(table, assignment.attempt().task(), driver);
        task = new RunningTask(assignment, stores, exchange);
        driver.post(new ChildEvent.LinksUp(table.generation()));
    }

    private void runProgram() throws BspException {
        factory(assignment.spec().type()).create(programClass, task).run();
        lastSuperstep = Math.max(0, exchange.superstep() - 1);
        driver.post(new ChildEvent.ProgramEnded(lastSuperstep));
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
