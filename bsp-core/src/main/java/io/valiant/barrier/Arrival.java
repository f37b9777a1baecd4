package io.valiant.barrier;

import io.valiant.wire.Frame;
import java.nio.ByteBuffer;

/**
 * The payload of a SYNC frame: that its sender has arrived, and what it has to say.
 *
 * <pre>
 *   0  long  frames        DATA frames sent to the receiver in the superstep that ends
 *   8  long  bytes         of their payloads
 *  16  long  messages      ended in them
 *  24  long  all messages  sent by the sender to anybody
 *  32  byte  flags         sum of {@link #VOTES_END}, {@link #MAY_CHECKPOINT}, {@link #WANTS_CHECKPOINT}
 *  33  ...   contribution  the sender's partial values
 * </pre>
 */
public final class Arrival {
    /** Bytes before the contribution. */
    public static final int FIXED_BYTES = 33;

    /** Flag: the sender wants the job to end. */
    public static final int VOTES_END = 1;

    /** Flag: the sender can be restored to the state it will have after this barrier. */
    public static final int MAY_CHECKPOINT = 2;

    /** Flag: the sender wants a checkpoint after this barrier; counts only from peer 0. */
    public static final int WANTS_CHECKPOINT = 4;

    /** A contribution is at most that long. */
    public static final int MAX_CONTRIBUTION_BYTES = 64 << 10;

    private static final int FRAMES = Frame.HEADER_BYTES;
    private static final int BYTES = FRAMES + 8;
    private static final int MESSAGES = FRAMES + 16;
    private static final int ALL_MESSAGES = FRAMES + 24;
    private static final int FLAGS = FRAMES + 32;
    private static final int ALL_FLAGS = VOTES_END | MAY_CHECKPOINT | WANTS_CHECKPOINT;
    private static final int CONTRIBUTION = FRAMES + FIXED_BYTES;

    private Arrival() {}

    /** Writes the payload into a frame that has been begun; the contribution's position stays. */
    public static void write(
            ByteBuffer frame,
            long frames,
            long bytes,
            long messages,
            long allMessages,
            int flags,
            ByteBuffer contribution) {
        frame.putLong(FRAMES, frames);
        frame.putLong(BYTES, bytes);
        frame.putLong(MESSAGES, messages);
        frame.putLong(ALL_MESSAGES, allMessages);
        frame.put(FLAGS, (byte) flags);
        int length = contribution.remaining();
        frame.put(CONTRIBUTION, contribution, contribution.position(), length);
        frame.position(CONTRIBUTION + length);
    }

    static boolean isWhole(ByteBuffer frame) {
        return frame.limit() >= CONTRIBUTION
                && frame.limit() <= CONTRIBUTION + MAX_CONTRIBUTION_BYTES
                && areFlags(frame.get(FLAGS));
    }

    /** Whether a byte holds flags and nothing else. */
    static boolean areFlags(byte flags) {
        return (flags & ~ALL_FLAGS) == 0;
    }

    static long frames(ByteBuffer frame) {
        return frame.getLong(FRAMES);
    }

    static long bytes(ByteBuffer frame) {
        return frame.getLong(BYTES);
    }

    static long messages(ByteBuffer frame) {
        return frame.getLong(MESSAGES);
    }

    static long allMessages(ByteBuffer frame) {
        return frame.getLong(ALL_MESSAGES);
    }

    static byte flags(ByteBuffer frame) {
        return frame.get(FLAGS);
    }

    static int contributionLength(ByteBuffer frame) {
        return frame.limit() - CONTRIBUTION;
    }

    static void readContribution(ByteBuffer frame, ByteBuffer into) {
        into.put(into.position(), frame, CONTRIBUTION, contributionLength(frame));
    }
}
