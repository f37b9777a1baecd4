package io.valiant.groom.task;

import io.valiant.bsp.BspException;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.TaskReportCodec;
import io.valiant.protocol.TaskReportReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** One child's connection. All by the selector's thread. */
final class ReportConnection {
    /** What may wait for a child that does not read, in bytes; peer tables of large jobs are the longest messages. */
    private static final long MOST_WAITING = 2L * TaskReportCodec.FRAME_LIMIT;

    final long number;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final TaskReportReader reader = new TaskReportReader(TaskReportCodec.ATTACH_LIMIT);
    private final ArrayDeque<ByteBuffer> toWrite = new ArrayDeque<>();

    private long waiting;
    private boolean attached;
    private boolean closing;
    private final long openedNs;

    ReportConnection(long number, SocketChannel channel, SelectionKey key, long nowNs) {
        this.number = number;
        this.channel = channel;
        this.key = key;
        this.openedNs = nowNs;
    }

    /** The core has taken the child for what it says it is: longer messages are read. */
    void attached() {
        attached = true;
        reader.limit(TaskReportCodec.FRAME_LIMIT);
    }

    /** Whether it has been there for so long without having attached. */
    boolean isIdle(long nowNs, long allowedNs) {
        return !attached && nowNs - openedNs > allowedNs;
    }

    /**
     * Reads what is there.
     *
     * @return false at the end of the stream
     */
    boolean read(Consumer<ChildMessage> messages) throws IOException, BspException {
        int count = reader.readFrom(channel);
        for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
            if (!closing) {
                messages.accept(TaskReportCodec.decodeChild(frame));
            }
        }
        return count >= 0;
    }

    /** Queues a frame and writes what the socket takes. */
    void send(ByteBuffer frame) throws IOException {
        if (closing) {
            return;
        }
        waiting += frame.remaining();
        if (waiting > MOST_WAITING) {
            throw new IOException("the child does not read");
        }
        toWrite.add(frame);
        write();
    }

    /**
     * Writes what the socket takes.
     *
     * @return false if all is written and the connection was to be closed then
     */
    boolean write() throws IOException {
        while (!toWrite.isEmpty()) {
            ByteBuffer head = toWrite.peek();
            waiting -= channel.write(head);
            if (head.hasRemaining()) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
                return true;
            }
            toWrite.remove();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        return !closing;
    }

    /** Closes once all is written; returns whether that is now. */
    boolean closeWhenWritten() {
        closing = true;
        return toWrite.isEmpty();
    }

    void close() throws IOException {
        key.cancel();
        channel.close();
    }
}
