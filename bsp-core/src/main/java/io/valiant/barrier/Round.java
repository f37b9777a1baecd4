package io.valiant.barrier;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What all peers say at one barrier. */
public final class Round {
    private final boolean[] arrived;
    private final long[] frames;
    private final long[] bytes;
    private final long[] messages;
    private final ByteBuffer[] contributions;

    /** What each peer sent to all, and its flags: to be passed on. */
    private final long[] sent;

    private final byte[] flags;
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
        sent = new long[count];
        flags = new byte[count];
        left = count;
        for (int i = 0; i < count; i++) {
            contributions[i] =
                    ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).limit(0);
        }
    }

    /** A peer has said all to this one. */
    void arrive(int peer, ByteBuffer frame) {
        count(peer, Arrival.frames(frame), Arrival.bytes(frame), Arrival.messages(frame));
        int length = Arrival.contributionLength(frame);
        say(peer, Arrival.allMessages(frame), Arrival.flags(frame), length);
        Arrival.readContribution(frame, contributions[peer]);
    }

    /** A peer has sent this one so much. */
    void count(int peer, long peerFrames, long peerBytes, long peerMessages) {
        frames[peer] = peerFrames;
        bytes[peer] = peerBytes;
        messages[peer] = peerMessages;
    }

    /** A peer has arrived; its contribution, of that length, is to be written into {@link #contribution}. */
    void say(int peer, long messagesToAll, byte itsFlags, int length) {
        arrived[peer] = true;
        left--;
        sent[peer] = messagesToAll;
        flags[peer] = itsFlags;
        allMessages += messagesToAll;
        endVotes += (itsFlags & Arrival.VOTES_END) != 0 ? 1 : 0;
        mayCheckpoint += (itsFlags & Arrival.MAY_CHECKPOINT) != 0 ? 1 : 0;
        wantsCheckpoint |= peer == 0 && (itsFlags & Arrival.WANTS_CHECKPOINT) != 0;
        if (contributions[peer].capacity() < length) {
            contributions[peer] = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        }
        contributions[peer].clear().limit(length);
    }

    void clear() {
        Arrays.fill(arrived, false);
        Arrays.fill(frames, 0);
        Arrays.fill(bytes, 0);
        Arrays.fill(messages, 0);
        left = arrived.length;
        endVotes = 0;
        mayCheckpoint = 0;
        wantsCheckpoint = false;
        allMessages = 0;
    }

    void restore(int peer, long before) {
        messages[peer] = before;
    }

    boolean hasArrived(int peer) {
        return arrived[peer];
    }

    boolean haveAllArrived() {
        return left == 0;
    }

    long frames(int peer) {
        return frames[peer];
    }

    long bytes(int peer) {
        return bytes[peer];
    }

    long sent(int peer) {
        return sent[peer];
    }

    byte flags(int peer) {
        return flags[peer];
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
