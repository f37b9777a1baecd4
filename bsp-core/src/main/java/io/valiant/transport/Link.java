package io.valiant.transport;

import io.valiant.bsp.BspException;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Drives one {@link LinkSession} over one {@link ByteStream} at a time. Used by the owner of the links only. */
final class Link {
    private static final int BATCH = 16;
    private static final int MAX_READS = 32;

    private final LinkSession session;
    private final LinkAddress address;
    private final Transport transport;
    private final FramePool pool;
    private final FrameAssembler assembler;
    private final LinkListener listener;
    private final ByteBuffer[] batch = new ByteBuffer[BATCH];

    /** The present connection, null if there is none. */
    private ByteStream stream;

    private boolean blocked;

    /** Why the last connection broke or could not be made, where an error said so; empty while there is one. */
    private String failure = "";

    Link(LinkSession session, LinkAddress address, Transport transport, FramePool pool, LinkListener listener) {
        this.session = session;
        this.address = address;
        this.transport = transport;
        this.pool = pool;
        this.assembler = new FrameAssembler(pool);
        this.listener = listener;
    }

    LinkSession session() {
        return session;
    }

    boolean isUp() {
        return session.state() == LinkSession.State.UP;
    }

    /** A connection on which nothing but that HELLO has come; false if the session will not have it. */
    boolean accepted(ByteStream connection, ByteBuffer hello, long nowNs) {
        if (session.accepted(hello, nowNs) != Receipt.CONTROL) {
            return false;
        }
        dropStream();
        failure = "";
        stream = connection;
        session.carriedBy(connection.isSafe());
        return true;
    }

    /** Reads and hands on what is there; whether there was anything. */
    boolean read(long nowNs) throws BspException {
        boolean any = false;
        for (int reads = 0;
                stream != null && session.state() != LinkSession.State.DIALLING && reads < MAX_READS;
                reads++) {
            try {
                int count = assembler.read(stream);
                if (count < 0) {
                    disconnect(nowNs);
                    return true;
                }
                if (count == 0) {
                    break;
                }
                any = true;
                receiveAll(nowNs);
                if (assembler.isExhausted()) {
                    break;
                }
            } catch (IOException e) {
                disconnect(e, nowNs);
                return true;
            }
        }
        return any;
    }

    private void receiveAll(long nowNs) throws IOException, BspException {
        for (ByteBuffer frame = assembler.next(); frame != null; frame = stream == null ? null : assembler.next()) {
            boolean keepable = assembler.isKeepable(frame);
            boolean kept = false;
            try {
                kept = receive(frame, keepable, nowNs);
            } finally {
                if (keepable && !kept) {
                    pool.give(frame);
                }
            }
        }
    }

    private boolean receive(ByteBuffer frame, boolean keepable, long nowNs) throws BspException {
        switch (session.onFrame(frame, nowNs)) {
            case DELIVER -> {
                FrameKind kind = Frame.kind(frame);
                int sender = session.peer().index();
                if (kind == FrameKind.DATA) {
                    return listener.onData(sender, frame, keepable);
                }
                if (kind != FrameKind.BYE) {
                    listener.onBarrier(sender, kind, frame);
                }
            }
            case BREAK, REFUSED, LOST -> disconnect(nowNs);
            case DUPLICATE, CONTROL -> {}
        }
        return false;
    }

    /** Writes what there is and the connection takes; whether anything was written. */
    boolean write(long nowNs) {
        boolean any = false;
        while (stream != null) {
            int count = session.nextToWrite(batch);
            if (count == 0) {
                awaitRoom(false);
                return any;
            }
            int before = batch[0].position();
            try {
                stream.write(batch, count);
            } catch (IOException e) {
                disconnect(e, nowNs);
                return true;
            }
            any |= batch[0].position() != before;
            if (batch[count - 1].hasRemaining()) {
                awaitRoom(true);
                return any;
            }
        }
        return any;
    }

    /**
     * As {@link #write}, but a connection that is {@link ByteStream#isGathering()} is given frames only when there are so many,
     * or none is on its way.
     */
    void writeGathered(int frames, long nowNs) {
        if (stream == null || !stream.isGathering() || session.isWorthWriting(frames)) {
            write(nowNs);
        }
    }

    private void awaitRoom(boolean wanted) {
        if (blocked != wanted) {
            blocked = wanted;
            stream.awaitRoom(wanted);
        }
    }

    /** Whether there is nothing to read, and nothing to write that did not find room; false where that cannot be told. */
    boolean isQuiet() {
        return stream != null && !blocked && stream.isQuiet();
    }

    /** Does what time asks for. */
    void tick(long nowNs) {
        if (session.state() == LinkSession.State.DIALLING) {
            awaitConnection(nowNs);
        }
        switch (session.tick(nowNs)) {
            case DIAL -> dial(nowNs);
            case BREAK -> disconnect(nowNs);
            case LOST -> {
                dropStream();
                listener.onLost(session.peer().index(), session.detail() + (failure.isEmpty() ? "" : ": " + failure));
            }
            case NONE -> {}
        }
    }

    private void dial(long nowNs) {
        try {
            stream = transport.dial(address);
            awaitConnection(nowNs);
        } catch (IOException e) {
            disconnect(e, nowNs);
        }
    }

    private void awaitConnection(long nowNs) {
        try {
            if (stream != null && stream.isConnected()) {
                session.carriedBy(stream.isSafe());
                failure = "";
                session.connected(nowNs);
            }
        } catch (IOException e) {
            disconnect(e, nowNs);
        }
    }

    private void disconnect(IOException e, long nowNs) {
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
        disconnect(nowNs);
    }

    private void disconnect(long nowNs) {
        dropStream();
        session.broken(nowNs);
    }

    private void dropStream() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
        blocked = false;
        assembler.reset();
    }

    /** Closes the connection; frames are given back. */
    void close() {
        dropStream();
        session.abandon();
    }
}
