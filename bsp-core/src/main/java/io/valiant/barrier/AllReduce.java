package io.valiant.barrier;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The all-reduce at the end of each superstep, direct: each peer tells every other one, and each folds in peer order. It
 * opens for this peer when all have arrived and as many frames, bytes and messages have come as were sent. Since a peer can
 * only be one barrier ahead, there are two rounds at a time.
 */
public final class AllReduce {
    private final int self;
    private final Round[] rounds;
    private long superstep;

    /**
     * A barrier of that many peers, as the peer with index {@code self} sees it.
     *
     * @param superstep the first: 0, that of the checkpoint restored, or below 0 where something comes before the program
     */
    public AllReduce(int self, int count, long superstep) {
        this.self = self;
        this.superstep = superstep;
        rounds = new Round[] {new Round(count), new Round(count)};
    }

    /** The superstep that the next barrier ends. */
    public long superstep() {
        return superstep;
    }

    /**
     * A peer, or this one itself, has arrived at the barrier that ends that superstep; its SYNC frame is read here. When this
     * one arrives, the result of the barrier before is forgotten: only from then on can a peer be a superstep ahead.
     *
     * @throws IllegalArgumentException if the frame is not what it should be: the sender is not to be trusted further
     */
    public void arrive(int peer, long atSuperstep, ByteBuffer frame) {
        boolean ahead = atSuperstep == superstep + 1 && round(superstep).arrived[self];
        if (atSuperstep != superstep && !ahead) {
            throw new IllegalArgumentException(
                    "peer " + peer + " arrived at the end of superstep " + atSuperstep + " in superstep " + superstep);
        }
        Round round = round(atSuperstep);
        if (round.arrived[peer] || !Arrival.isWhole(frame)) {
            throw new IllegalArgumentException("peer " + peer + " arrived at the end of superstep " + atSuperstep
                    + (round.arrived[peer] ? " twice" : " with a frame of " + frame.limit() + " bytes"));
        }
        round.arrive(peer, frame);
        if (peer == self) {
            round(superstep + 1).clear();
        }
    }

    /** Whether all have arrived at the end of the present superstep. */
    public boolean isComplete() {
        return round(superstep).left == 0;
    }

    /** Why what came from that peer is not what it sent; null if it is. Only when complete. */
    public String mismatch(int peer, long framesReceived, long bytesReceived) {
        Round round = round(superstep);
        if (round.frames[peer] == framesReceived && round.bytes[peer] == bytesReceived) {
            return null;
        }
        return "peer " + peer + " sent " + round.frames[peer] + " frames with " + round.bytes[peer]
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
        last().messages[peer] = messages;
    }

    private Round round(long of) {
        return rounds[(int) of & 1];
    }

    /** What all peers said at one barrier. */
    public static final class Round {
        private final boolean[] arrived;
        private final long[] frames;
        private final long[] bytes;
        private final long[] messages;
        private final ByteBuffer[] contributions;
        private int left;
        private int endVotes;
        private int mayCheckpoint;
        private boolean wantsCheckpoint;
        private long allMessages;

        Round(int count) {
            arrived = new boolean[count];
            frames = new long[count];
            bytes = new long[count];
            messages = new long[count];
            contributions = new ByteBuffer[count];
            left = count;
            for (int i = 0; i < count; i++) {
                contributions[i] =
                        ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).limit(0);
            }
        }

        private void arrive(int peer, ByteBuffer frame) {
            arrived[peer] = true;
            left--;
            frames[peer] = Arrival.frames(frame);
            bytes[peer] = Arrival.bytes(frame);
            messages[peer] = Arrival.messages(frame);
            allMessages += Arrival.allMessages(frame);
            endVotes += Arrival.has(frame, Arrival.VOTES_END) ? 1 : 0;
            mayCheckpoint += Arrival.has(frame, Arrival.MAY_CHECKPOINT) ? 1 : 0;
            wantsCheckpoint |= peer == 0 && Arrival.has(frame, Arrival.WANTS_CHECKPOINT);
            int length = Arrival.contributionLength(frame);
            if (contributions[peer].capacity() < length) {
                contributions[peer] = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            }
            Arrival.readContribution(frame, contributions[peer].clear().limit(length));
        }

        private void clear() {
            Arrays.fill(arrived, false);
            left = arrived.length;
            endVotes = 0;
            mayCheckpoint = 0;
            wantsCheckpoint = false;
            allMessages = 0;
        }

        /** How many peers want the job to end. */
        public int endVotes() {
            return endVotes;
        }

        /** Whether a checkpoint is to be taken: peer 0 wants one, all can, and the job goes on. */
        public boolean takesCheckpoint() {
            return wantsCheckpoint && mayCheckpoint == arrived.length && endVotes < arrived.length;
        }

        /** Messages that peer sent to this one. */
        public long messages(int peer) {
            return messages[peer];
        }

        /** Messages sent by all peers to all. */
        public long allMessages() {
            return allMessages;
        }

        /** What that peer contributed, from 0 to limit, little-endian; rewound by each call. */
        public ByteBuffer contribution(int peer) {
            return contributions[peer].rewind();
        }
    }
}
