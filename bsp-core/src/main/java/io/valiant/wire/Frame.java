package io.valiant.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The layout of a frame, little-endian. A frame lies in a buffer from 0 to its limit.
 *
 * <pre>
 *   0  int   length        of the whole frame, header included
 *   4  byte  kind          see {@link FrameKind}
 *   5  byte  version       of this layout
 *   6  short               zero
 *   8  long  generation    of the job
 *  16  long  superstep     to which a DATA frame's bytes belong, which a SYNC frame ends; may be below 0
 *  24  long  sequence      from 1, per link and direction; 0 if not sequenced
 *  32  long  acknowledged  highest sequence received without a gap
 *  40  int   sender        its index
 *  44  int   crc           CRC32C of [0, 44) and [48, length); anything where the carrier cannot change a byte
 *  48  ...   payload
 * </pre>
 */
public final class Frame {
    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 48;

    /** No frame is longer, whatever a header says. */
    public static final int MAX_BYTES = 1 << 20;

    /** The version of the layout written and understood here. */
    public static final byte VERSION = 1;

    private static final int LENGTH = 0;
    private static final int KIND = 4;
    private static final int VERSION_AT = 5;
    private static final int ZERO = 6;
    private static final int GENERATION = 8;
    private static final int SUPERSTEP = 16;
    private static final int SEQUENCE = 24;
    private static final int ACKNOWLEDGED = 32;
    private static final int SENDER = 40;
    private static final int CRC = 44;

    private Frame() {}

    /** An empty frame in the heap with room for that payload; position at the payload. */
    public static ByteBuffer allocate(int payloadBytes) {
        return begin(ByteBuffer.allocate(HEADER_BYTES + payloadBytes));
    }

    /** Makes a buffer ready for a frame's payload: little-endian, limit at capacity, position behind the header. */
    public static ByteBuffer begin(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN).limit(buffer.capacity()).position(HEADER_BYTES);
    }

    /** Ends the payload at the position; writes length, kind, generation, superstep and sender. Position is 0 after it. */
    public static void end(ByteBuffer frame, FrameKind kind, long generation, long superstep, int sender) {
        frame.flip();
        frame.putInt(LENGTH, frame.limit());
        frame.put(KIND, kind.code());
        frame.put(VERSION_AT, VERSION);
        frame.putShort(ZERO, (short) 0);
        frame.putLong(GENERATION, generation);
        frame.putLong(SUPERSTEP, superstep);
        frame.putLong(SEQUENCE, 0);
        frame.putLong(ACKNOWLEDGED, 0);
        frame.putInt(SENDER, sender);
    }

    /** Completes an ended frame for the wire: sequence, acknowledgement and checksum. */
    public static void stamp(ByteBuffer frame, long sequence, long acknowledged, CRC32C crc) {
        frame.putLong(SEQUENCE, sequence);
        frame.putLong(ACKNOWLEDGED, acknowledged);
        frame.putInt(CRC, checksum(frame, crc));
    }

    /** Completes an ended frame for a carrier that cannot change a byte: no checksum. */
    public static void number(ByteBuffer frame, long sequence, long acknowledged) {
        frame.putLong(SEQUENCE, sequence);
        frame.putLong(ACKNOWLEDGED, acknowledged);
    }

    /** Whether the checksum is that of the bytes. */
    public static boolean isIntact(ByteBuffer frame, CRC32C crc) {
        return frame.getInt(CRC) == checksum(frame, crc);
    }

    private static int checksum(ByteBuffer frame, CRC32C crc) {
        int position = frame.position();
        int limit = frame.limit();
        crc.reset();
        crc.update(frame.limit(CRC).position(0));
        crc.update(frame.limit(limit).position(HEADER_BYTES));
        frame.position(position);
        return (int) crc.getValue();
    }

    /**
     * The length in a header that starts at that index; looked at before anything is allocated or awaited.
     *
     * @return the length, or -1 if it is none that a frame may have
     */
    public static int length(ByteBuffer bytes, int at) {
        int length = bytes.getInt(at + LENGTH);
        return length < HEADER_BYTES || length > MAX_BYTES ? -1 : length;
    }

    /** The kind, null if this version knows none with that code or the frame is of another version. */
    public static FrameKind kind(ByteBuffer frame) {
        return frame.get(VERSION_AT) == VERSION ? FrameKind.of(frame.get(KIND)) : null;
    }

    /** The job's generation. */
    public static long generation(ByteBuffer frame) {
        return frame.getLong(GENERATION);
    }

    /** The superstep to which the frame belongs. */
    public static long superstep(ByteBuffer frame) {
        return frame.getLong(SUPERSTEP);
    }

    /** The sequence number; 0 if not sequenced. */
    public static long sequence(ByteBuffer frame) {
        return frame.getLong(SEQUENCE);
    }

    /** The highest sequence that its sender had received. */
    public static long acknowledged(ByteBuffer frame) {
        return frame.getLong(ACKNOWLEDGED);
    }

    /** The sender's index. */
    public static int sender(ByteBuffer frame) {
        return frame.getInt(SENDER);
    }
}
