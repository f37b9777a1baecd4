package io.valiant.barrier;

import java.nio.ByteBuffer;

/**
 * The payload of a GATHERED frame: what some peers say at a barrier, passed on along a {@link Tree}. It holds whole entries up
 * to its end, each:
 *
 * <pre>
 *   0  int   peer
 *   4  int   length        of the contribution
 *   8  long  all messages  sent by that peer to anybody
 *  16  byte  flags         as in {@link Arrival}
 *  17  ...   receivers     a bit for each peer, lowest first: whether that peer has sent it something; it is told how much by
 *                          a COUNTS frame of its own
 *  ..  ...   contribution
 * </pre>
 */
final class Gathered {
    private static final int LENGTH = 4;
    private static final int ALL_MESSAGES = 8;
    private static final int FLAGS = 16;
    private static final int RECEIVERS = 17;

    private Gathered() {}

    /** Bytes for the receivers among that many peers. */
    static int receiverBytes(int count) {
        return (count + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** The length of an entry. */
    static int bytes(int count, int contributionBytes) {
        return RECEIVERS + receiverBytes(count) + contributionBytes;
    }

    /** Writes an entry at the position, which goes behind it; the contribution is read from 0 to its limit. */
    static void write(
            ByteBuffer to, int peer, long allMessages, byte flags, byte[] receivers, ByteBuffer contribution) {
        int length = contribution.limit();
        to.putInt(peer).putInt(length).putLong(allMessages).put(flags).put(receivers);
        to.put(to.position(), contribution, 0, length).position(to.position() + length);
    }

    /**
     * Whether an intact entry of a peer among that many starts at the position.
     *
     * @throws IllegalArgumentException if something else does
     */
    static void check(ByteBuffer from, int count) {
        int at = from.position();
        int fixed = bytes(count, 0);
        if (from.remaining() < fixed) {
            throw new IllegalArgumentException("a barrier's entry of " + from.remaining() + " bytes");
        }
        int length = length(from, at);
        int peer = peer(from, at);
        if (length < 0
                || length > Arrival.MAX_CONTRIBUTION_BYTES
                || length > from.remaining() - fixed
                || peer < 0
                || peer >= count
                || !Arrival.areFlags(flags(from, at))) {
            throw new IllegalArgumentException("a barrier's entry of peer " + peer + " with " + length + " bytes");
        }
    }

    static int peer(ByteBuffer from, int at) {
        return from.getInt(at);
    }

    static int length(ByteBuffer from, int at) {
        return from.getInt(at + LENGTH);
    }

    static long allMessages(ByteBuffer from, int at) {
        return from.getLong(at + ALL_MESSAGES);
    }

    static byte flags(ByteBuffer from, int at) {
        return from.get(at + FLAGS);
    }

    static void receivers(ByteBuffer from, int at, byte[] into) {
        from.get(at + RECEIVERS, into);
    }

    static void contribution(ByteBuffer from, int at, int receiverBytes, ByteBuffer into) {
        into.put(into.position(), from, at + RECEIVERS + receiverBytes, length(from, at));
    }
}
