package io.valiant.transport;

import io.valiant.wire.Frame;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The sequenced frames of one direction that are not acknowledged, in order, and how far they have been written to the
 * present connection. A frame is stamped when it is first offered for writing; sent again it is the same bytes, but for a
 * checksum that it lacked.
 */
final class RetainedFrames {
    private final CRC32C crc;
    private final Consumer<ByteBuffer> release;

    /** A ring: the frame with sequence n is at n modulo the length, a power of two. */
    private ByteBuffer[] frames = new ByteBuffer[8];

    private boolean checked = true;
    private long first = 1;
    private long next = 1;
    private long toWrite = 1;
    private long toStamp = 1;

    RetainedFrames(CRC32C crc, Consumer<ByteBuffer> release) {
        this.crc = crc;
        this.release = release;
    }

    /**
     * Whether frames have a checksum from now on; on the turn those that were stamped without one are given it. Before
     * they are written to a new connection.
     */
    void checked(boolean now) {
        if (now && !checked) {
            for (long n = first; n < toStamp; n++) {
                ByteBuffer frame = frames[slot(n)];
                Frame.stamp(frame, n, Frame.acknowledged(frame), crc);
            }
        }
        checked = now;
    }

    private void stamp(ByteBuffer frame, long sequence, long acknowledged) {
        if (checked) {
            Frame.stamp(frame, sequence, acknowledged, crc);
        } else {
            Frame.number(frame, sequence, acknowledged);
        }
    }

    void add(ByteBuffer frame) {
        if (next - first == frames.length) {
            grow();
        }
        frames[slot(next++)] = frame;
    }

    private void grow() {
        ByteBuffer[] larger = new ByteBuffer[frames.length * 2];
        for (long n = first; n < next; n++) {
            larger[(int) n & (larger.length - 1)] = frames[slot(n)];
        }
        frames = larger;
    }

    /** How many frames are not acknowledged. */
    int size() {
        return (int) (next - first);
    }

    /** The highest sequence acknowledged; 0 if none was. */
    long acknowledged() {
        return first - 1;
    }

    /** The highest sequence given to a frame; 0 if none was. */
    long last() {
        return next - 1;
    }

    /** The frame to be written now, from its position on; null if all are written. */
    ByteBuffer current() {
        while (toWrite < next && !frames[slot(toWrite)].hasRemaining()) {
            toWrite++;
        }
        return toWrite < next ? frames[slot(toWrite)] : null;
    }

    /** How many frames are not, or not wholly, written to the present connection. */
    int unwritten() {
        return current() == null ? 0 : (int) (next - toWrite);
    }

    /** Stamps frames from the current one on and puts them into the array from that index; how far it is filled then. */
    int gather(ByteBuffer[] into, int from, long acknowledged) {
        int at = from;
        for (long n = toWrite; n < next && at < into.length; n++) {
            ByteBuffer frame = frames[slot(n)];
            if (n == toStamp) {
                stamp(frame, n, acknowledged);
                toStamp++;
            }
            into[at++] = frame;
        }
        return at;
    }

    /** Whether {@link #gather} of so many frames would stamp one: only then an acknowledgement would ride on them. */
    boolean carriesAcknowledgement(int count) {
        return toStamp < next && toStamp - toWrite < count;
    }

    /** Whether a peer may say that it has that sequence: not more than was stamped, not less than it said before. */
    boolean isPlausible(long acknowledged) {
        return acknowledged >= first - 1 && acknowledged < toStamp;
    }

    /** Gives back all frames up to that sequence; older news is passed over. False if it was never sent. */
    boolean acknowledge(long upTo) {
        if (upTo >= toStamp) {
            return false;
        }
        for (; first <= upTo; first++) {
            int slot = slot(first);
            release.accept(frames[slot]);
            frames[slot] = null;
        }
        toWrite = Math.max(toWrite, first);
        return true;
    }

    /** A new connection: writes all that is left once more from the start. */
    void rewind() {
        for (long n = first; n < toStamp; n++) {
            frames[slot(n)].position(0);
        }
        toWrite = first;
    }

    /** Gives all frames back: nothing will be sent any more. */
    void clear() {
        for (; first < next; first++) {
            int slot = slot(first);
            release.accept(frames[slot]);
            frames[slot] = null;
        }
        toWrite = next;
        toStamp = next;
    }

    private int slot(long sequence) {
        return (int) sequence & (frames.length - 1);
    }
}
