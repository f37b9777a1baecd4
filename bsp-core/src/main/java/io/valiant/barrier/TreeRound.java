package io.valiant.barrier;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What has come along a {@link Tree} at one barrier, and what has been passed on. */
final class TreeRound {
    private final Tree tree;
    private final int self;
    private final int count;
    private final Round round;

    /** To whom each peer has sent something. */
    private final byte[][] receivers;

    /** From whom a COUNTS frame has come. */
    private final boolean[] counted;

    /** How many peers of each side have arrived. */
    private final int[] arrivedOn;

    /** Where all that the other sides say has been passed on. */
    private final boolean[] passedOn;

    private boolean selfArrived;

    /** How many COUNTS frames are to come still, as far as is known. */
    private int countsLeft;

    TreeRound(Tree tree, int self, int count, Round round) {
        this.tree = tree;
        this.self = self;
        this.count = count;
        this.round = round;
        this.receivers = new byte[count][Gathered.receiverBytes(count)];
        this.counted = new boolean[count];
        this.arrivedOn = new int[tree.sides()];
        this.passedOn = new boolean[tree.sides()];
    }

    void clear() {
        Arrays.fill(counted, false);
        Arrays.fill(arrivedOn, 0);
        Arrays.fill(passedOn, false);
        selfArrived = false;
        countsLeft = 0;
    }

    /** This peer arrives; it has sent something to those whose number of DATA frames or messages is not 0. */
    void arriveSelf(byte[] sentTo) {
        System.arraycopy(sentTo, 0, receivers[self], 0, sentTo.length);
        selfArrived = true;
    }

    /** A neighbour passes on what others say. */
    void gather(int neighbour, ByteBuffer frame, int payloadAt) {
        ByteBuffer entries = frame.duplicate().order(frame.order()).position(payloadAt);
        while (entries.hasRemaining()) {
            Gathered.check(entries, count);
            int at = entries.position();
            int peer = Gathered.peer(entries, at);
            int side = tree.side(peer);
            if (side == Tree.OWN || tree.neighbour(side) != neighbour || round.hasArrived(peer)) {
                throw new IllegalArgumentException("peer " + neighbour + " tells of the arrival of peer " + peer
                        + (side != Tree.OWN && round.hasArrived(peer) ? " twice" : ", which is not on its side"));
            }
            int length = Gathered.length(entries, at);
            Gathered.receivers(entries, at, receivers[peer]);
            round.say(peer, Gathered.allMessages(entries, at), Gathered.flags(entries, at), length);
            Gathered.contribution(entries, at, receivers[peer].length, round.contribution(peer));
            arrivedOn[side]++;
            countsLeft += hasSentTo(receivers[peer], self) ? 1 : 0;
            checkCounts(peer);
            entries.position(at + Gathered.bytes(count, length));
        }
    }

    /** A peer tells how much it has sent to this one. */
    void count(int peer, ByteBuffer frame) {
        if (counted[peer] || !Counts.isWhole(frame)) {
            throw new IllegalArgumentException("peer " + peer + " counts "
                    + (counted[peer] ? "twice" : "with a frame of " + frame.limit() + " bytes"));
        }
        counted[peer] = true;
        countsLeft--;
        checkCounts(peer);
        round.count(peer, Counts.frames(frame), Counts.bytes(frame), Counts.messages(frame));
    }

    /** Where a peer counts what by its own word it has not sent, this one could wait for ever. */
    private void checkCounts(int peer) {
        if (counted[peer] && round.hasArrived(peer) && !hasSentTo(receivers[peer], self)) {
            throw new IllegalArgumentException(
                    "peer " + peer + " counts what it has sent to peer " + self + ", and says that it was nothing");
        }
    }

    /** That peer counts for a later barrier: if it has arrived here it cannot owe a count any more. */
    void checkCounted(int peer) {
        if (!counted[peer] && round.hasArrived(peer) && hasSentTo(receivers[peer], self)) {
            throw new IllegalArgumentException(
                    "peer " + peer + " has not counted what it has sent to peer " + self + ", and went on");
        }
    }

    /** Whether all have arrived and all that they have sent to this one is counted. */
    boolean isComplete() {
        return round.haveAllArrived() && countsLeft == 0;
    }

    static void markSentTo(byte[] receivers, int peer) {
        receivers[peer / Byte.SIZE] |= (byte) (1 << (peer % Byte.SIZE));
    }

    private static boolean hasSentTo(byte[] receivers, int peer) {
        return (receivers[peer / Byte.SIZE] & (1 << (peer % Byte.SIZE))) != 0;
    }

    /** A side to which all that the others say may be passed on now, which counts as done; -1 if there is none. */
    int nextToPassOn() {
        for (int side = 0; selfArrived && side < passedOn.length; side++) {
            if (!passedOn[side] && areOthersComplete(side)) {
                passedOn[side] = true;
                return side;
            }
        }
        return -1;
    }

    private boolean areOthersComplete(int side) {
        for (int other = 0; other < arrivedOn.length; other++) {
            if (other != side && arrivedOn[other] < tree.size(other)) {
                return false;
            }
        }
        return true;
    }

    /** The next peer from that one on that is not on that side; the number of peers if there is none. */
    int nextFor(int side, int from) {
        int peer = from;
        while (peer < count && tree.side(peer) == side) {
            peer++;
        }
        return peer;
    }

    int entryBytes(int peer) {
        return Gathered.bytes(count, round.contribution(peer).limit());
    }

    void writeEntry(int peer, ByteBuffer to) {
        Gathered.write(to, peer, round.sent(peer), round.flags(peer), receivers[peer], round.contribution(peer));
    }
}
