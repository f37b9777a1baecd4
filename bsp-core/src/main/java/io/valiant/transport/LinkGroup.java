package io.valiant.transport;

import io.valiant.bsp.BspException;
import io.valiant.wire.FrameKind;
import io.valiant.wire.RefusedFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** All links of one peer in one generation, and the door for new connections. Used by the owner of the links only. */
public final class LinkGroup {
    private static final long TICK_NS = 1_000_000L;
    private static final long IDLE_NS = 1_000_000_000L;

    private final LinkIdentity self;
    private final Transport transport;
    private final LinkDoor door;
    private final Link[] links;
    private final LinkListener listener;
    private final RefusedFrames refusedBefore;
    private long nextTickNs;

    /** Whose turn it is in {@link #readSome}. */
    private int nextRead;

    /**
     * Starts links to all peers.
     *
     * @param addresses by index, null for this peer
     * @param released gets frames back that need not be sent again, with the index of the peer they were for
     */
    public LinkGroup(
            LinkIdentity self,
            List<LinkAddress> addresses,
            LinkTimes times,
            Transport transport,
            LinkDoor door,
            FramePool pool,
            ObjIntConsumer<ByteBuffer> released,
            LinkListener listener,
            long nowNs) {
        this.self = self;
        this.transport = transport;
        this.door = door;
        this.listener = listener;
        this.refusedBefore = door.refused();
        this.links = new Link[addresses.size()];
        for (int i = 0; i < links.length; i++) {
            LinkAddress address = addresses.get(i);
            if (i != self.index()) {
                int peer = i;
                LinkSession session =
                        new LinkSession(self, address.peer(), times, frame -> released.accept(frame, peer), nowNs);
                links[i] = new Link(session, address, transport, pool, listener);
            }
        }
        door.open(self, links, nowNs);
    }

    /** Takes a frame for a peer, see {@link LinkSession#send}; written by the next {@link #write} or {@link #step}. */
    public void send(int peer, ByteBuffer frame, FrameKind kind, long superstep) {
        links[peer].session().send(frame, kind, superstep);
    }

    /** Writes to one peer what there is for it. */
    public void write(int peer, long nowNs) {
        links[peer].write(nowNs);
    }

    /**
     * Writes to one peer what there is for it, but where one write of several frames costs less than as many writes only when
     * so many are there or none is on its way; else a later call does, {@link #write} and {@link #step} in any case.
     */
    public void writeGathered(int peer, int frames, long nowNs) {
        links[peer].writeGathered(frames, nowNs);
    }

    /** Reads what has come from that peer, and from another one, in turn. */
    public void readSome(int peer, long nowNs) throws BspException {
        nextRead = nextRead + 1 < links.length ? nextRead + 1 : 0;
        if (links[peer] != null) {
            links[peer].read(nowNs);
        }
        if (nextRead != peer && links[nextRead] != null) {
            links[nextRead].read(nowNs);
        }
    }

    /**
     * One turn over the links: read, tick where time has passed, write.
     *
     * @param thorough whether new connections and time-outs are looked at whatever the time
     * @param all whether links are read from which nothing is waited for, too; they are anyway where time has passed
     * @return whether anything happened
     */
    public boolean step(long nowNs, boolean thorough, boolean all) throws BspException, IOException {
        boolean any = false;
        boolean tick = thorough || nowNs >= nextTickNs;
        for (int peer = 0; peer < links.length; peer++) {
            Link link = links[peer];
            // read before each tick: a pause of this process must not pass for the peer's silence
            if (link != null && (all || tick || !link.isUp() || listener.awaits(peer))) {
                any |= link.read(nowNs);
            }
        }
        if (tick) {
            nextTickNs = nowNs + TICK_NS;
            any |= door.step(self, links, nowNs);
        }
        for (Link link : links) {
            if (link != null) {
                if (tick) {
                    link.tick(nowNs);
                }
                any |= link.write(nowNs);
            }
        }
        return any;
    }

    /** Whether a turn over all would find nothing on the links that the last one did not; false where only a turn can tell. Costs next to nothing. */
    public boolean isQuiet() {
        for (Link link : links) {
            if (link != null && !link.isQuiet()) {
                return false;
            }
        }
        return true;
    }

    /** How long may be waited now if nothing happens; at most that long. */
    public long idleNs(long nowNs, long atMostNs) {
        long untilNs = nowNs + Math.min(atMostNs, IDLE_NS);
        for (Link link : links) {
            if (link != null) {
                untilNs = Math.min(untilNs, link.session().nextDeadlineNs());
            }
        }
        return Math.max(untilNs - nowNs, TICK_NS / 2);
    }

    /** Blocks until something may have happened, at most that long. The one call that may overlap with a new owner's. */
    public void await(long timeoutNs) throws IOException {
        transport.await(timeoutNs);
    }

    /** Ends an {@link #await}. Any thread. */
    public void wakeUp() {
        transport.wakeUp();
    }

    /** A barrier was passed. */
    public void superstep(long now) {
        for (Link link : links) {
            if (link != null) {
                link.session().superstep(now);
            }
        }
    }

    /** Whether all links are up. */
    public boolean isUp() {
        for (Link link : links) {
            if (link != null && !link.isUp()) {
                return false;
            }
        }
        return true;
    }

    /** Says BYE on all links. */
    public void finish() {
        for (Link link : links) {
            if (link != null) {
                link.session().finish();
            }
        }
    }

    /** Whether nothing that was sent can be missing anywhere: the links may be closed. */
    public boolean isFinished() {
        for (Link link : links) {
            if (link != null && !link.session().isFinished()) {
                return false;
            }
        }
        return true;
    }

    /** Frames and connections that were refused. */
    public RefusedFrames refused() {
        RefusedFrames refused = door.refused().since(refusedBefore);
        for (Link link : links) {
            refused = link == null ? refused : refused.plus(link.session().refused());
        }
        return refused;
    }

    /** How many {@link #refused} there are; allocates nothing. */
    public long refusals() {
        long refusals = door.refused().total() - refusedBefore.total();
        for (Link link : links) {
            refusals += link == null ? 0 : link.session().refusals();
        }
        return refusals;
    }

    /** Closes all links at once. */
    public void close() {
        for (Link link : links) {
            if (link != null) {
                link.close();
            }
        }
    }
}
