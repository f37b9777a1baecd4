package io.valiant.protocol;

import io.valiant.bsp.BspException;
import java.nio.ByteBuffer;

/**
 * The bytes of the task-report connection between child and groom. Both directions carry frames, little-endian:
 *
 * <pre>
 * offset 0  int   length of what follows: kind and payload, 1 .. limit
 *        4  byte  kind: 1-31 child to groom, 33-63 groom to child
 *        5        payload: the message's fields in order
 * </pre>
 *
 * {@link TaskReportReader} cuts a stream into frames. A child's kinds are not understood by a child, nor a groom's by a
 * groom. Stateless; safe in any thread.
 */
public final class TaskReportCodec {
    /** Longest frame a groom accepts before the child has attached, in bytes. */
    public static final int ATTACH_LIMIT = 4 * 1024;

    /** Longest frame either end sends or accepts, in bytes. */
    public static final int FRAME_LIMIT = 64 * 1024 * 1024;

    /** Bytes of a frame before its kind. */
    static final int LENGTH_BYTES = Integer.BYTES;

    private static final int ATTACH = 1;
    private static final int PING = 2;
    private static final int FINISHED = 3;
    private static final int FAILED = 4;
    private static final int LINK_LOST = 5;
    private static final int REJOINED = 6;
    private static final int CHECKPOINTED = 7;
    private static final int CHECKPOINT_FAILED = 8;
    private static final int RESTORE_FAILED = 9;
    private static final int SUPERSTEPS = 10;

    private static final int ATTACHED = 33;
    private static final int REFUSED = 34;
    private static final int PONG = 35;
    private static final int PEERS = 36;
    private static final int HOLD = 37;
    private static final int RESUME = 38;
    private static final int END_CONFIRMED = 39;
    private static final int REJOIN = 40;
    private static final int TAKE_CHECKPOINT = 41;

    private TaskReportCodec() {}

    /**
     * A whole frame, from position to limit.
     *
     * @throws BspException USER if it is longer than {@link #FRAME_LIMIT}
     */
    public static ByteBuffer encode(ChildMessage message) throws BspException {
        PayloadWriter out = new PayloadWriter().putInt(0);
        if (message instanceof ChildMessage.Attach m) {
            out.putByte(ATTACH).putText(m.token());
            ReportValues.put(out, m.attempt());
            out.putLong(m.pid()).putText(m.host()).putInt(m.port());
        } else if (message instanceof ChildMessage.Ping m) {
            out.putByte(PING).putLong(m.number());
            ReportValues.put(out, m.progress());
        } else if (message instanceof ChildMessage.Finished m) {
            out.putByte(FINISHED).putLong(m.generation());
            ReportValues.put(out, m.result());
        } else if (message instanceof ChildMessage.Failed m) {
            out.putByte(FAILED).putLong(m.generation());
            ReportValues.put(out, m.cause());
        } else if (message instanceof ChildMessage.LinkLost m) {
            out.putByte(LINK_LOST)
                    .putLong(m.generation())
                    .putInt(m.peer())
                    .putLong(m.superstep())
                    .putText(m.detail());
        } else if (message instanceof ChildMessage.Rejoined m) {
            out.putByte(REJOINED).putLong(m.generation()).putText(m.host()).putInt(m.port());
        } else if (message instanceof ChildMessage.Supersteps m) {
            out.putByte(SUPERSTEPS).putLong(m.generation()).putList(m.shares(), ReportValues::put);
        } else {
            encodeCheckpoint(message, out);
        }
        return sealed(out);
    }

    private static void encodeCheckpoint(ChildMessage message, PayloadWriter out) {
        if (message instanceof ChildMessage.Checkpointed m) {
            out.putByte(CHECKPOINTED).putLong(m.generation()).putLong(m.superstep());
            ReportValues.put(out, m.part());
        } else if (message instanceof ChildMessage.CheckpointFailed m) {
            out.putByte(CHECKPOINT_FAILED)
                    .putLong(m.generation())
                    .putLong(m.superstep())
                    .putText(m.reason());
        } else if (message instanceof ChildMessage.RestoreFailed m) {
            out.putByte(RESTORE_FAILED).putLong(m.generation());
            ReportValues.put(out, m.checkpoint());
            out.putText(m.reason());
        } else {
            throw new AssertionError(message);
        }
    }

    /**
     * A whole frame, from position to limit.
     *
     * @throws BspException USER if it is longer than {@link #FRAME_LIMIT}
     */
    public static ByteBuffer encode(GroomMessage message) throws BspException {
        PayloadWriter out = new PayloadWriter().putInt(0);
        if (message instanceof GroomMessage.Attached m) {
            out.putByte(ATTACHED);
            ReportValues.put(out, m.assignment());
            out.putBoolean(m.holding());
        } else if (message instanceof GroomMessage.Refused m) {
            out.putByte(REFUSED).putText(m.reason());
        } else if (message instanceof GroomMessage.Pong m) {
            out.putByte(PONG).putLong(m.number());
        } else if (message instanceof GroomMessage.Peers m) {
            out.putByte(PEERS);
            ReportValues.put(out, m.table());
        } else if (message instanceof GroomMessage.Hold) {
            out.putByte(HOLD);
        } else if (message instanceof GroomMessage.Resume) {
            out.putByte(RESUME);
        } else if (message instanceof GroomMessage.EndConfirmed m) {
            out.putByte(END_CONFIRMED).putLong(m.generation());
        } else if (message instanceof GroomMessage.Rejoin m) {
            out.putByte(REJOIN);
            ReportValues.put(out, m.assignment());
        } else if (message instanceof GroomMessage.TakeCheckpoint m) {
            out.putByte(TAKE_CHECKPOINT).putLong(m.generation());
        } else {
            throw new AssertionError(message);
        }
        return sealed(out);
    }

    private static ByteBuffer sealed(PayloadWriter out) throws BspException {
        int length = out.length() - LENGTH_BYTES;
        if (length > FRAME_LIMIT) {
            throw BspException.user(
                    "a task report of %d bytes is over the limit of %d: fewer counters or shorter settings",
                    length, FRAME_LIMIT);
        }
        out.setInt(0, length);
        return out.finish();
    }

    /**
     * Reads a frame without its length, from position to limit.
     *
     * @throws BspException FATAL if it is not exactly one message of a child
     */
    public static ChildMessage decodeChild(ByteBuffer frame) throws BspException {
        return whole(frame, TaskReportCodec::readChild);
    }

    private static ChildMessage readChild(PayloadReader in) throws BspException {
        int kind = in.getByte();
        return switch (kind) {
            case ATTACH ->
                new ChildMessage.Attach(
                        in.getSomeText(), ReportValues.attempt(in), in.getLong(), in.getSomeText(), in.getInt());
            case PING -> new ChildMessage.Ping(in.getLong(), ReportValues.progress(in));
            case FINISHED -> new ChildMessage.Finished(in.getLong(), ReportValues.result(in));
            case FAILED -> new ChildMessage.Failed(in.getLong(), ReportValues.cause(in));
            case LINK_LOST -> new ChildMessage.LinkLost(in.getLong(), in.getInt(), in.getLong(), in.getText());
            case REJOINED -> new ChildMessage.Rejoined(in.getLong(), in.getSomeText(), in.getInt());
            case CHECKPOINTED ->
                new ChildMessage.Checkpointed(in.getLong(), in.getLong(), ReportValues.checkpointPart(in));
            case CHECKPOINT_FAILED -> new ChildMessage.CheckpointFailed(in.getLong(), in.getLong(), in.getText());
            case RESTORE_FAILED ->
                new ChildMessage.RestoreFailed(in.getLong(), ReportValues.checkpointRef(in), in.getText());
            case SUPERSTEPS -> new ChildMessage.Supersteps(in.getLong(), in.getList(ReportValues::share));
            default -> throw PayloadReader.broken("kind " + kind + " is not one of a child's");
        };
    }

    /**
     * Reads a frame without its length, from position to limit.
     *
     * @throws BspException FATAL if it is not exactly one message of a groom
     */
    public static GroomMessage decodeGroom(ByteBuffer frame) throws BspException {
        return whole(frame, TaskReportCodec::readGroom);
    }

    private static GroomMessage readGroom(PayloadReader in) throws BspException {
        int kind = in.getByte();
        return switch (kind) {
            case ATTACHED -> new GroomMessage.Attached(ReportValues.assignment(in), in.getBoolean());
            case REFUSED -> new GroomMessage.Refused(in.getText());
            case PONG -> new GroomMessage.Pong(in.getLong());
            case PEERS -> new GroomMessage.Peers(ReportValues.table(in));
            case HOLD -> new GroomMessage.Hold();
            case RESUME -> new GroomMessage.Resume();
            case END_CONFIRMED -> new GroomMessage.EndConfirmed(in.getLong());
            case REJOIN -> new GroomMessage.Rejoin(ReportValues.assignment(in));
            case TAKE_CHECKPOINT -> new GroomMessage.TakeCheckpoint(in.getLong());
            default -> throw PayloadReader.broken("kind " + kind + " is not one of a groom's");
        };
    }

    private static <T> T whole(ByteBuffer frame, PayloadReader.Element<T> message) throws BspException {
        PayloadReader in = new PayloadReader(frame);
        try {
            T read = message.read(in);
            in.end();
            return read;
        } catch (IllegalArgumentException e) {
            // a record refused its values
            throw PayloadReader.broken(e.getMessage());
        }
    }
}
