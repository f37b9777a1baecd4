package io.valiant.simulator;

import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.Stream;
import io.valiant.transport.LinkAction;
import io.valiant.transport.LinkIdentity;
import io.valiant.transport.LinkSession;
import io.valiant.transport.Receipt;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Drives one end of a link between two simulated children: the session decides, this carries frames over streams. */
final class SimLink {
    private final World world;
    private final SimChild owner;
    private final PeerAddress address;
    private final LinkSession session;
    private Stream<ByteBuffer> connection;
    private long sent;

    SimLink(World world, SimChild owner, LinkIdentity self, LinkIdentity peer, PeerAddress address) {
        this.world = world;
        this.owner = owner;
        this.address = address;
        this.session = new LinkSession(self, peer, world.plan().linkTimes(), frame -> {}, owner.clockNs());
    }

    LinkSession session() {
        return session;
    }

    boolean isUp() {
        return session.state() == LinkSession.State.UP;
    }

    int peer() {
        return session.peer().index();
    }

    SimHost peerHost() {
        return world.host(address.host());
    }

    /** How many of the frames sent the peer has acknowledged. */
    long acknowledged() {
        return sent - session.unacknowledged();
    }

    Stream<ByteBuffer> connection() {
        return connection;
    }

    void send(ByteBuffer frame, FrameKind kind, long superstep) {
        sent++;
        session.send(frame, kind, superstep);
        pump();
    }

    /** Does what time asks for, then writes what there is to write. */
    void tick() {
        for (LinkAction action = session.tick(owner.clockNs());
                action != LinkAction.NONE && owner.isAlive();
                action = session.tick(owner.clockNs())) {
            if (action == LinkAction.DIAL) {
                dial();
            } else if (action == LinkAction.BREAK) {
                breakConnection();
            } else {
                lost();
                return;
            }
        }
        pump();
    }

    private void dial() {
        world.network().connect(owner, address, stream -> {
            if (session.state() != LinkSession.State.DIALLING) {
                if (stream != null) {
                    stream.close(owner, "not needed");
                }
                return;
            }
            if (stream == null) {
                session.broken(owner.clockNs());
            } else {
                use(stream, true);
                session.connected(owner.clockNs());
            }
            owner.linkMoved(this);
        });
    }

    /** The peer's HELLO came on that connection. */
    void accept(ByteBuffer hello, Stream<ByteBuffer> stream) {
        Receipt receipt = session.accepted(hello, owner.clockNs());
        if (receipt == Receipt.CONTROL) {
            dropConnection();
            use(stream, false);
        } else {
            stream.close(owner, "refused");
            if (receipt == Receipt.LOST) {
                lost();
            }
        }
        owner.linkMoved(this);
    }

    private void use(Stream<ByteBuffer> stream, boolean dialled) {
        connection = stream;
        Stream.Ear<ByteBuffer> ear = new Stream.Ear<>() {
            @Override
            public void heard(ByteBuffer frame) {
                if (connection == stream) {
                    onFrame(frame);
                }
            }

            @Override
            public void closed(String why) {
                if (connection == stream) {
                    connection = null;
                    session.broken(owner.clockNs());
                    owner.linkMoved(SimLink.this);
                }
            }
        };
        if (dialled) {
            stream.client(ear);
        } else {
            stream.server(ear);
        }
    }

    private void onFrame(ByteBuffer frame) {
        Receipt receipt = session.onFrame(frame, owner.clockNs());
        switch (receipt) {
            case DELIVER -> {
                FrameKind kind = Frame.kind(frame);
                if (kind != FrameKind.BYE) {
                    owner.delivered(this, kind, Frame.superstep(frame), frame);
                }
            }
            case BREAK, REFUSED -> breakConnection();
            case LOST -> lost();
            case DUPLICATE, CONTROL -> {}
        }
        owner.linkMoved(this);
    }

    private void breakConnection() {
        dropConnection();
        session.broken(owner.clockNs());
    }

    private void lost() {
        dropConnection();
        session.tick(owner.clockNs());
        owner.linkLost(this, session.detail());
    }

    /** Nothing gets through any more, whatever is tried. */
    void lose() {
        dropConnection();
        session.abandon();
        owner.linkLost(this, "nothing gets through");
    }

    private void dropConnection() {
        if (connection != null) {
            Stream<ByteBuffer> old = connection;
            connection = null;
            old.close(owner, "closed by the peer");
        }
    }

    /** Writes all that the session offers. */
    void pump() {
        for (ByteBuffer frame = session.nextToWrite(); frame != null; frame = session.nextToWrite()) {
            ByteBuffer copy = ByteBuffer.allocate(frame.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            copy.put(frame).flip();
            if (connection != null) {
                say(world.luck().maybeDamaged(copy, owner));
            }
        }
    }

    private void say(ByteBuffer frame) {
        if (connection.clientProcess() == owner) {
            connection.sayToServer(frame);
        } else {
            connection.sayToClient(frame);
        }
    }

    /** Who is at the other end of the connection there is. */
    SimProcess otherEnd() {
        boolean dialled = connection.clientProcess() == owner;
        return dialled ? connection.serverProcess() : connection.clientProcess();
    }

    /** The process is gone: so is the connection. */
    void died() {
        dropConnection();
    }
}
