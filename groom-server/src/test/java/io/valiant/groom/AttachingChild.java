package io.valiant.groom;

import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.ChildHandover;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.TaskReportCodec;
import io.valiant.protocol.TaskReportReader;
import io.valiant.protocol.TaskResult;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.TreeMap;

/** A child that attaches and pings, finishes when it knows its peers, and leaves when that is confirmed. */
public final class AttachingChild {
    private AttachingChild() {}

    public static void main(String[] args) throws Exception {
        ChildHandover handover = ChildHandover.readFrom(System.in);
        if (handover == null) {
            return;
        }
        SocketChannel groom = SocketChannel.open(
                UnixDomainSocketAddress.of(handover.reportAddress().substring("unix:".length())));
        send(
                groom,
                new ChildMessage.Attach(
                        handover.token(),
                        handover.attempt(),
                        ProcessHandle.current().pid(),
                        handover.dataHost(),
                        1234));
        TaskReportReader reader = new TaskReportReader(TaskReportCodec.FRAME_LIMIT);
        long pings = 0;
        while (true) {
            ByteBuffer frame = reader.next();
            if (frame == null) {
                if (reader.readFrom(groom) < 0) {
                    System.exit(69);
                }
                continue;
            }
            GroomMessage message = TaskReportCodec.decodeGroom(frame);
            System.out.println("told " + message.getClass().getSimpleName());
            if (message instanceof GroomMessage.Attached) {
                send(groom, new ChildMessage.Ping(++pings, AttemptProgress.NONE));
            } else if (message instanceof GroomMessage.Peers peers) {
                long generation = peers.table().generation();
                TaskResult result = new TaskResult(List.of(), new TreeMap<>(), 7, new TreeMap<>());
                send(groom, new ChildMessage.Finished(generation, result));
            } else if (message instanceof GroomMessage.EndConfirmed) {
                System.exit(0);
            }
        }
    }

    private static void send(SocketChannel groom, ChildMessage message) throws Exception {
        ByteBuffer frame = TaskReportCodec.encode(message);
        while (frame.hasRemaining()) {
            groom.write(frame);
        }
    }
}
