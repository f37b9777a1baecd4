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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A {@link RehearsedJob} at work: all its tasks in this JVM, each with the threads, links and files of a child, and master
 * and groom played by whoever {@link #play plays} it.
 */
final class PlayedJob {
    private static final JobId JOB = new JobId("job_spare_0");
    private static final String HOST = "127.0.0.1";
    private static final String GROOM = "none";

    /** Nothing here is to end by a time-out: a machine may be as busy as it likes. */
    private static final long PATIENCE_NS = 600_000_000_000L;

    private static final double MEMORY_FRACTION = 0.3;
    private static final long LONGEST_MESSAGE = 1 << 20;

    private final JobSpec spec;
    private final Path folder;
    private final List<ChildProcess> children = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    // guarded by this
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean stopped;

    /** @param folder for the files of its tasks */
    PlayedJob(JobSpec spec, Path folder) {
        this.spec = spec;
        this.folder = folder;
    }

    /**
     * Plays it to its end. When this returns or throws nothing of it is left but files.
     *
     * @throws IOException also where it was stopped
     */
    void play() throws IOException, BspException {
        try {
            List<List<InputSplit>> splits =
                    new SplitPlanner(new FileStores(new TreeMap<>())).plan(spec.inputs(), spec.tasks());
            ServerSocketChannel door = keep(ServerSocketChannel.open());
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) door.getLocalAddress()).getPort();
            for (int task = 0; task < spec.tasks(); task++) {
                begin(handover(task, HOST + ":" + port));
            }
            converse(door, splits);
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
                folder.resolve("p").toString(),
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

    /** What master and groom say to the tasks of a job that goes well. */
    private void converse(ServerSocketChannel door, List<List<InputSplit>> splits) throws IOException, BspException {
        List<Talk> talks = new ArrayList<>();
        for (int i = 0; i < spec.tasks(); i++) {
            talks.add(new Talk(keep(door.accept())));
        }
        List<PeerTable.PeerAddress> peers = new ArrayList<>();
        for (Talk talk : talks) {
            ChildMessage.Attach attach = talk.await(ChildMessage.Attach.class);
            peers.add(new PeerTable.PeerAddress(attach.attempt(), GROOM, attach.host(), attach.port()));
            TaskAssignment assignment = new TaskAssignment(
                    attach.attempt(), 1, spec, splits.get(attach.attempt().task()));
            talk.say(new GroomMessage.Attached(assignment, false));
        }
        peers.sort(Comparator.comparing(peer -> peer.attempt().task()));
        for (Talk talk : talks) {
            talk.say(new GroomMessage.Peers(new PeerTable(JOB, 1, GROOM, peers)));
        }
        for (Talk talk : talks) {
            talk.await(ChildMessage.Finished.class);
        }
        for (Talk talk : talks) {
            talk.say(new GroomMessage.EndConfirmed(1));
        }
        awaitTasks();
    }

    private synchronized <C extends AutoCloseable> C keep(C channel) throws IOException {
        open.add(channel);
        if (stopped) {
            hangUp();
            throw new IOException("the rehearsal was stopped");
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

    /** The groom's end of the connection of one task. */
    private static final class Talk {
        private final SocketChannel channel;
        private final TaskReportReader reader = new TaskReportReader(TaskReportCodec.FRAME_LIMIT);

        private Talk(SocketChannel channel) {
            this.channel = channel;
        }

        private void say(GroomMessage message) throws IOException, BspException {
            ByteBuffer frame = TaskReportCodec.encode(message);
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }

        /** The next message of that kind; what else comes is heard and not told on. */
        private <M extends ChildMessage> M await(Class<M> kind) throws IOException, BspException {
            ChildMessage message = next();
            while (!kind.isInstance(message)) {
                if (message == null) {
                    throw new IOException("a task has left before it said " + kind.getSimpleName());
                }
                if (message instanceof ChildMessage.Failed failed) {
                    throw BspException.user("%s", failed.cause().message());
                }
                message = next();
            }
            return kind.cast(message);
        }

        /** Null at the end of the connection. */
        private ChildMessage next() throws IOException, BspException {
            ByteBuffer frame = reader.next();
            while (frame == null) {
                if (reader.readFrom(channel) < 0) {
                    return null;
                }
                frame = reader.next();
            }
            ChildMessage message = TaskReportCodec.decodeChild(frame);
            if (message instanceof ChildMessage.Ping ping) {
                say(new GroomMessage.Pong(ping.number()));
            }
            return message;
        }
    }
}
