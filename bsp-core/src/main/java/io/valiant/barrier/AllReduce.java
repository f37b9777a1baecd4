package io.valiant.barrier;

import io.valiant.wire.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The all-reduce at the end of each superstep: each peer hears what every other one says, and folds it in peer order. Among few
 * peers each tells every other one; among many what they say goes along a tree, see {@link #alongTree}. It opens for this peer
 * when all have arrived and as many frames, bytes and messages have come as were sent. Since a peer can only be one barrier
 * ahead, there are two rounds at a time.
 */
public final class AllReduce {
    /** Entries are passed on in frames of about that length, or shorter ones where frames are. */
    private static final int PASSED_BYTES = 32 << 10;

    private final int self;
    private final int count;
    private final Round[] rounds;

    /** Null where each tells every other one. */
    private final Tree tree;

    private final TreeRound[] treeRounds = new TreeRound[2];
    private final byte[] sentTo;
    private long superstep;

    /** Where what is passed on along the tree goes. */
    public interface Passing {
        /** Bytes of payload that a frame has room for which need not be made for it. */
        int frameBytes();

        /** A frame with room for that many bytes of payload, begun. */
        ByteBuffer frame(int payloadBytes);

        /** The payload ends at the position: the frame goes to that peer as one of that superstep. */
        void pass(int peer, ByteBuffer frame, long superstep);
    }

    /**
     * A barrier of that many peers, as the peer with index {@code self} sees it; each tells every other one.
     *
     * @param superstep the first: 0, that of the checkpoint restored, or below 0 where something comes before the program
     */
    public AllReduce(int self, int count, long superstep) {
        this(self, count, superstep, null);
    }

    private AllReduce(int self, int count, long superstep, Tree tree) {
        this.self = self;
        this.count = count;
        this.superstep = superstep;
        this.tree = tree;
        this.sentTo = new byte[Gathered.receiverBytes(count)];
        rounds = new Round[] {new Round(count), new Round(count)};
        for (int i = 0; tree != null && i < rounds.length; i++) {
            treeRounds[i] = new TreeRound(tree, self, count, rounds[i]);
        }
    }

    /**
     * The same along a tree: peers tell their parents what is said below them, and from the root all is told downwards, so that
     * a peer hears and tells {@code fanOut} + 1 others and not all. How much it has sent it tells each receiver itself.
     *
     * @param fanOut how many children a peer has, at least one
     */
    public static AllReduce alongTree(int self, int count, long superstep, int fanOut) {
        return new AllReduce(self, count, superstep, new Tree(self, count, fanOut));
    }

    /** Whether what peers say goes along a tree. */
    public boolean isTree() {
        return tree != null;
    }

    /** The superstep that the next barrier ends. */
    public long superstep() {
        return superstep;
    }

    /** Before this peer arrives along a tree: it has sent something to that peer, and tells it how much. */
    public void sentTo(int peer) {
        TreeRound.markSentTo(sentTo, peer);
    }

    /**
     * A peer, or this one itself, has arrived at the barrier that ends that superstep; its SYNC frame is read here. When this
     * one arrives, the result of the barrier before is forgotten: only from then on can a peer be a superstep ahead.
     *
     * @throws IllegalArgumentException if the frame is not what it should be: the sender is not to be trusted further
     */
    public void arrive(int peer, long atSuperstep, ByteBuffer frame) {
        checkTime(peer, atSuperstep);
        if (tree != null && peer != self) {
            throw new IllegalArgumentException("peer " + peer + " arrived not along the tree");
        }
        Round round = round(atSuperstep);
        if (round.hasArrived(peer) || !Arrival.isWhole(frame)) {
            throw new IllegalArgumentException("peer " + peer + " arrived at the end of superstep " + atSuperstep
                    + (round.hasArrived(peer) ? " twice" : " with a frame of " + frame.limit() + " bytes"));
        }
        round.arrive(peer, frame);
        if (peer == self) {
            arriveSelf();
        }
    }

    private void arriveSelf() {
        round(superstep + 1).clear();
        if (tree != null) {
            treeRound(superstep).arriveSelf(sentTo);
            Arrays.fill(sentTo, (byte) 0);
            treeRound(superstep + 1).clear();
        }
    }

    private void checkTime(int peer, long atSuperstep) {
        boolean ahead = atSuperstep == superstep + 1 && round(superstep).hasArrived(self);
        if (atSuperstep != superstep && !ahead) {
            throw new IllegalArgumentException(
                    "peer " + peer + " arrived at the end of superstep " + atSuperstep + " in superstep " + superstep);
        }
    }

    /** A neighbour in the tree passes on what others say: a GATHERED frame. Throws as {@link #arrive}. */
    public void gather(int neighbour, long atSuperstep, ByteBuffer frame) {
        checkTime(neighbour, atSuperstep);
        checkTree(neighbour);
        treeRound(atSuperstep).gather(neighbour, frame, Frame.HEADER_BYTES);
    }

    /** A peer tells what it has sent to this one: a COUNTS frame. Throws as {@link #arrive}. */
    public void count(int peer, long atSuperstep, ByteBuffer frame) {
        checkTime(peer, atSuperstep);
        checkTree(peer);
        if (atSuperstep > superstep) {
            treeRound(superstep).checkCounted(peer);
        }
        treeRound(atSuperstep).count(peer, frame);
    }

    private void checkTree(int peer) {
        if (tree == null) {
            throw new IllegalArgumentException("peer " + peer + " speaks of a tree among " + count + " peers");
        }
    }

    /** Passes on along the tree what can be by now; does nothing where there is none. To be called after each arrival. */
    public void passOn(Passing to) {
        if (tree == null) {
            return;
        }
        TreeRound of = treeRound(superstep);
        for (int side = of.nextToPassOn(); side >= 0; side = of.nextToPassOn()) {
            passOn(of, side, to);
        }
    }

    private void passOn(TreeRound of, int side, Passing to) {
        int peer = of.nextFor(side, 0);
        int most = Math.min(PASSED_BYTES, to.frameBytes());
        while (peer < count) {
            int bytes = 0;
            int end = peer;
            while (end < count && (bytes == 0 || bytes + of.entryBytes(end) <= most)) {
                bytes += of.entryBytes(end);
                end = of.nextFor(side, end + 1);
            }
            ByteBuffer frame = to.frame(bytes);
            for (int next = peer; next < end; next = of.nextFor(side, next + 1)) {
                of.writeEntry(next, frame);
            }
            to.pass(tree.neighbour(side), frame, superstep);
            peer = end;
        }
    }

    /** Whether that peer may still have something to say at the end of the present superstep. */
    public boolean awaits(int peer) {
        return tree != null || !round(superstep).hasArrived(peer);
    }

    /** Whether all have arrived at the end of the present superstep. */
    public boolean isComplete() {
        return tree == null
                ? round(superstep).haveAllArrived()
                : treeRound(superstep).isComplete();
    }

    /** Why what came from that peer is not what it sent; null if it is. Only when complete. */
    public String mismatch(int peer, long framesReceived, long bytesReceived) {
        Round round = round(superstep);
        if (round.frames(peer) == framesReceived && round.bytes(peer) == bytesReceived) {
            return null;
        }
        return "peer " + peer + " sent " + round.frames(peer) + " frames with " + round.bytes(peer)
                + " bytes in superstep " + superstep + ", " + framesReceived + " frames with " + bytesReceived
                + " bytes came";
    }

    /** Opens the barrier: its result is {@link #last()}, the result before is forgotten. */
    public void open() {
        if (!isComplete()) {
            throw new IllegalStateException("the barrier of superstep " + superstep + " opens without all peers");
        }
        superstep++;
    }

    /** What the barrier opened last has brought; valid until the next opens. */
    public Round last() {
        return round(superstep - 1);
    }

    /** Before the first barrier of a restored run: so many messages had come from that peer when it was saved. */
    public void restore(int peer, long messages) {
        last().restore(peer, messages);
    }

    private Round round(long of) {
        return rounds[(int) of & 1];
    }

    private TreeRound treeRound(long of) {
        return treeRounds[(int) of & 1];
    }
}
