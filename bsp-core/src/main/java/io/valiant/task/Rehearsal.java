package io.valiant.task;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.ChildHandover;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskReportCodec;
import io.valiant.protocol.TaskReportReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.io.Writable;

/**
 * What a spare does while it waits for its attempt: it goes once through the life of a child, with a groom played here, no
 * other peer and a program of ours, so that the classes of all that are loaded and linked. No class of a user is among
 * them, nothing of it is left, and an attempt that comes meanwhile does not wait for its end.
 */
final class Rehearsal implements Runnable {
    private static final AttemptId NOBODY = new AttemptId(new JobId("job_spare_0"), 0, 1);
    private static final String HOST = "127.0.0.1";
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final double MEMORY_FRACTION = 0.3;
    private static final long LONGEST_MESSAGE = 1024;

    private final String folder;
    private final TaskAssignment assignment = new TaskAssignment(NOBODY, 1, job(), List.of());

    /** @param folder where files of a child could be; nothing is written */
    Rehearsal(String folder) {
        this.folder = folder;
    }

    /** Begins, in a thread of its own. */
    void start() {
        daemon(this, "rehearsal");
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try (ServerSocketChannel door = ServerSocketChannel.open()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) door.getLocalAddress()).getPort();
            daemon(new ChildProcess(handover(HOST + ":" + port), true)::run, "rehearsed child");
            try (SocketChannel channel = door.accept()) {
                playGroom(channel);
            }
            // How a groom is usually reached.
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException | BspException | RuntimeException e) {
            // The attempt that comes will meet the same and tell whom it concerns; a spare has nobody to tell.
            System.err.println("spare: its rehearsal failed: " + e);
        }
    }

    private ChildHandover handover(String groom) {
        return new ChildHandover(
                groom,
                NOBODY,
                "none",
                HOST,
                PeerTransport.TCP,
                "",
                folder,
                folder,
                folder,
                PATIENCE_NS,
                PATIENCE_NS,
                PATIENCE_NS,
                MEMORY_FRACTION,
                LONGEST_MESSAGE,
                0,
                CheckpointTimes.NONE,
                new TreeMap<>());
    }

    /** Answers the child as a groom would, until it has finished. */
    private void playGroom(SocketChannel channel) throws IOException, BspException {
        TaskReportReader reader = new TaskReportReader(TaskReportCodec.FRAME_LIMIT);
        while (reader.readFrom(channel) >= 0) {
            for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                ChildMessage message = TaskReportCodec.decodeChild(frame);
                if (message instanceof ChildMessage.Attach attach) {
                    say(channel, new GroomMessage.Attached(assignment, false));
                    PeerTable.PeerAddress self =
                            new PeerTable.PeerAddress(NOBODY, "none", attach.host(), attach.port());
                    say(channel, new GroomMessage.Peers(new PeerTable(NOBODY.job(), 1, "none", List.of(self))));
                } else if (message instanceof ChildMessage.Ping ping) {
                    say(channel, new GroomMessage.Pong(ping.number()));
                } else if (message instanceof ChildMessage.Finished) {
                    say(channel, new GroomMessage.EndConfirmed(1));
                    return;
                } else if (message instanceof ChildMessage.Failed failed) {
                    throw BspException.user("%s", failed.cause().message());
                }
            }
        }
    }

    private static void say(SocketChannel channel, GroomMessage message) throws IOException, BspException {
        ByteBuffer frame = TaskReportCodec.encode(message);
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    private static JobSpec job() {
        return new JobSpec(
                "rehearsal",
                "nobody",
                null,
                null,
                "bsp",
                Nothing.class.getName(),
                null,
                null,
                List.of(),
                1,
                List.of(),
                null,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                1,
                List.of(),
                0,
                null,
                1,
                0);
    }

    /** The program: says one word to itself. */
    static final class Nothing extends Bsp<Nothing.Word> {
        @Override
        public void run(Peer<Word> peer) throws BspException {
            peer.send(0, new Word());
            peer.sync();
            peer.messages().next();
        }

        /** Says nothing. */
        static final class Word implements Writable {
            @Override
            public void write(DataOutput out) throws IOException {
                out.writeByte(0);
            }

            @Override
            public void readFields(DataInput in) throws IOException {
                in.readByte();
            }
        }
    }
}
