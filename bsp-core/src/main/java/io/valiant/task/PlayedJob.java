package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.SplitPlanner;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.ChildHandover;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskReportCodec;
import io.valiant.protocol.TaskReportReader;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A {@link RehearsedJob} at work: all its tasks in this JVM, each with the threads, links and files of a child, and master
 * and groom played by whoever {@link #play plays} it.
 */
final class PlayedJob {
    private static final JobId JOB = new JobId("job_spare_0");
    private static final String HOST = "127.0.0.1";
    private static final String GROOM = "none";

    /** A play has a limit; within it nothing is to end by a time-out: a machine may be as busy as it likes. */
    private static final long PATIENCE_NS = 600_000_000_000L;

    private static final String STOPPED = "the rehearsal was stopped";
    private static final double MEMORY_FRACTION = 0.3;
    private static final long LONGEST_MESSAGE = 1 << 20;

    private final JobSpec spec;
    private final Path folder;
    private final long limitNs;
    private final Clock clock = SystemClock.INSTANCE;
    private final List<ChildProcess> children = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    // guarded by this
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean stopped;

    /**
     * Is not begun yet.
     *
     * @param folder for the files of its tasks
     * @param limitNs if it has not ended after so long it is stopped
     */
    PlayedJob(JobSpec spec, Path folder, long limitNs) {
        this.spec = spec;
        this.folder = folder;
        this.limitNs = limitNs;
    }

    /**
     * Plays it to its end. When this returns or throws nothing of it is left but files.
     *
     * @throws IOException also where it was stopped, or took too long
     * @throws BspException if a task has failed, whichever was the first
     */
    void play() throws IOException, BspException {
        try (ServerSocketChannel door = ServerSocketChannel.open()) {
            play(door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        }
    }

    /** Plays it at that door, and closes it. */
    void play(ServerSocketChannel door) throws IOException, BspException {
        long endNs = clock.nanoTime() + limitNs;
        try {
            keep(door);
            List<List<InputSplit>> splits =
                    new SplitPlanner(new FileStores(new TreeMap<>())).plan(spec.inputs(), spec.tasks());
            int port = ((InetSocketAddress) door.getLocalAddress()).getPort();
            for (int task = 0; task < spec.tasks(); task++) {
                begin(handover(task, HOST + ":" + port));
            }
            converse(door, splits, endNs);
            awaitTasks(endNs);
        } finally {
            end();
        }
    }

    private void begin(ChildHandover handover) {
        ChildProcess child = new ChildProcess(handover, true);
        Thread thread = new Thread(child::run, "rehearsed " + handover.attempt());
        thread.setDaemon(true);
        children.add(child);
        threads.add(thread);
        thread.start();
    }

    private ChildHandover handover(int task, String groom) throws IOException {
        String work = Files.createDirectory(folder.resolve("task" + task)).toString();
        return new ChildHandover(
                groom,
                new AttemptId(JOB, task, 1),
                GROOM,
                HOST,
                PeerTransport.AUTO,
                peers().toString(),
                work,
                work,
                work,
                PATIENCE_NS,
                PATIENCE_NS,
                PATIENCE_NS,
                MEMORY_FRACTION,
                LONGEST_MESSAGE,
                0,
                CheckpointTimes.NONE,
                new TreeMap<>());
    }

    /**
     * Where its tasks meet, by the shorter of two names, one of which begins where this process works: names of sockets are short, and a
     * groom's files may lie deep. Else they would meet by TCP, and what the tasks of most jobs go through instead would not be played.
     */
    private Path peers() throws IOException {
        Path whole = folder.toRealPath().resolve("p");
        Path fromHere = Path.of("").toRealPath().relativize(whole);
        return fromHere.toString().length() < whole.toString().length() ? fromHere : whole;
    }

    /** What master and groom say to the tasks of a job that goes well; the first of them that fails ends it. */
    private void converse(ServerSocketChannel door, List<List<InputSplit>> splits, long endNs)
            throws IOException, BspException {
        Selector selector = keep(Selector.open());
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
        List<Talk> talks = new ArrayList<>();
        SortedMap<Integer, Talk> tasks = new TreeMap<>();
        while (tasks.size() < spec.tasks() || !tasks.values().stream().allMatch(Talk::hasFinished)) {
            await(selector, endNs);
            for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
                keep(channel).configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                talks.add(new Talk(channel));
            }
            for (Talk talk : talks) {
                ChildMessage.Attach attach = talk.hear();
                if (attach != null
                        && isAwaited(attach)
                        && !tasks.containsKey(attach.attempt().task())) {
                    int task = attach.attempt().task();
                    talk.attached(attach);
                    tasks.put(task, talk);
                    TaskAssignment assignment = new TaskAssignment(attach.attempt(), 1, spec, splits.get(task));
                    talk.say(new GroomMessage.Attached(assignment, false));
                    talk.hearTask();
                    if (tasks.size() == spec.tasks()) {
                        introduce(tasks.values());
                    }
                }
            }
            talks.removeIf(Talk::isOver);
        }
        for (Talk talk : tasks.values()) {
            talk.say(new GroomMessage.EndConfirmed(1));
        }
    }

    private boolean isAwaited(ChildMessage.Attach attach) {
        AttemptId attempt = attach.attempt();
        return attach.token().equals(GROOM)
                && attempt.task() < spec.tasks()
                && attempt.equals(new AttemptId(JOB, attempt.task(), 1));
    }

    /** Tells the tasks of each other. */
    private static void introduce(Collection<Talk> tasks) throws IOException, BspException {
        List<PeerTable.PeerAddress> peers = new ArrayList<>();
        for (Talk talk : tasks) {
            peers.add(new PeerTable.PeerAddress(talk.task.attempt(), GROOM, talk.task.host(), talk.task.port()));
        }
        for (Talk talk : tasks) {
            talk.say(new GroomMessage.Peers(new PeerTable(JOB, 1, GROOM, peers)));
        }
    }

    /** Returns when there may be something to hear. */
    private void await(Selector selector, long endNs) throws IOException {
        try {
            selector.select(key -> {}, leftMillis(endNs));
        } catch (ClosedSelectorException e) {
            throw new IOException(STOPPED, e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException(STOPPED);
        }
    }

    /** How long it may go on, at least 1 ms; fails if it may not. */
    private long leftMillis(long endNs) throws IOException {
        long leftNs = endNs - clock.nanoTime();
        if (leftNs <= 0) {
            throw new IOException("it has not ended after " + TimeUnit.NANOSECONDS.toSeconds(limitNs) + " s");
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNs));
    }

    private void awaitTasks(long endNs) throws IOException {
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join(leftMillis(endNs));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(STOPPED, e);
                }
            }
        }
    }

    private synchronized <C extends AutoCloseable> C keep(C channel) throws IOException {
        open.add(channel);
        if (stopped) {
            hangUp();
            throw new IOException(STOPPED);
        }
        return channel;
    }

    /** Ends it soon: who plays it is woken and waits for its tasks, which end at their next barrier. Waits for nothing. Any thread. */
    synchronized void stop() {
        stopped = true;
        hangUp();
    }

    private synchronized void hangUp() {
        for (AutoCloseable channel : open) {
            try {
                channel.close();
            } catch (Exception unused) {
                // nothing more is to come of it
            }
        }
        open.clear();
    }

    private void end() {
        children.forEach(ChildProcess::dismiss);
        hangUp();
        awaitTasks();
    }

    private void awaitTasks() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The groom's end of a connection: of a task when that has attached, until then of anybody. */
    private static final class Talk {
        private final SocketChannel channel;
        private final TaskReportReader reader = new TaskReportReader(TaskReportCodec.ATTACH_LIMIT);

        /** Null until it has attached. */
        private ChildMessage.Attach task;

        private boolean finished;

        private Talk(SocketChannel channel) {
            this.channel = channel;
        }

        private void attached(ChildMessage.Attach attach) {
            task = attach;
            reader.limit(TaskReportCodec.FRAME_LIMIT);
        }

        private boolean hasFinished() {
            return finished;
        }

        private boolean isOver() {
            return !channel.isOpen();
        }

        /** What is said is short, and a task hears at all times: there is room for it, if not at once. */
        private void say(GroomMessage message) throws IOException, BspException {
            ByteBuffer frame = TaskReportCodec.encode(message);
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }

        /**
         * Hears what has come, without waiting; of who has not attached, one message at most.
         *
         * @return with what somebody wants to attach, who has not yet; else null
         * @throws IOException if a task has left
         * @throws BspException if a task has failed
         */
        private ChildMessage.Attach hear() throws IOException, BspException {
            if (task != null) {
                hearTask();
                return null;
            }
            try {
                ChildMessage message = next();
                if (message == null || message instanceof ChildMessage.Attach) {
                    return (ChildMessage.Attach) message;
                }
            } catch (IOException | BspException unused) {
                // Nobody that is waited for.
            }
            channel.close();
            return null;
        }

        private void hearTask() throws IOException, BspException {
            for (ChildMessage message = next(); message != null; message = next()) {
                if (message instanceof ChildMessage.Failed failed) {
                    throw BspException.user("%s", failed.cause().message());
                } else if (message instanceof ChildMessage.Ping ping) {
                    say(new GroomMessage.Pong(ping.number()));
                } else if (message instanceof ChildMessage.Finished) {
                    finished = true;
                }
            }
        }

        /** Null if none has come whole. */
        private ChildMessage next() throws IOException, BspException {
            ByteBuffer frame = reader.next();
            while (frame == null) {
                int count = reader.readFrom(channel);
                if (count < 0) {
                    throw new IOException("a task has left before its end was confirmed");
                }
                if (count == 0) {
                    return null;
                }
                frame = reader.next();
            }
            return TaskReportCodec.decodeChild(frame);
        }
    }
}
