package io.valiant.wire;

/** What a frame is for. The code is on the wire: never change one, never use one again. */
public enum FrameKind {
    /** First frame of the side that dialled: who it is, what it has received. */
    HELLO(1),
    /** The answer to a good HELLO: who answers, what it has received. Now both may send. */
    WELCOME(2),
    /** The answer to a bad HELLO; the connection is closed after it. */
    REFUSE(3),
    /** Bytes of messages. Sequenced. */
    DATA(4),
    /** The sender has arrived at the barrier that ends the frame's superstep. Sequenced. */
    SYNC(5),
    /** Nothing but an acknowledgement. */
    ACK(6),
    /** Nothing to say, but alive. */
    KEEPALIVE(7),
    /** The sender has passed the last barrier and will send nothing more. Sequenced. */
    BYE(8),
    /** What several peers say at the barrier that ends the frame's superstep, passed on along a tree. Sequenced. */
    GATHERED(9),
    /** How much the sender has sent to the receiver in the frame's superstep, where the rest goes along a tree. Sequenced. */
    COUNTS(10);

    private static final FrameKind[] BY_CODE = byCode();

    private final byte code;

    FrameKind(int code) {
        this.code = (byte) code;
    }

    /** The byte on the wire. */
    public byte code() {
        return code;
    }

    /** Whether frames of this kind carry a sequence number, are kept until acknowledged and are sent again after a break. */
    public boolean isSequenced() {
        return switch (this) {
            case DATA, SYNC, BYE, GATHERED, COUNTS -> true;
            case HELLO, WELCOME, REFUSE, ACK, KEEPALIVE -> false;
        };
    }

    /** The kind with that code, null if there is none. */
    public static FrameKind of(byte code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    private static FrameKind[] byCode() {
        FrameKind[] kinds = new FrameKind[values().length + 1];
        for (FrameKind kind : values()) {
            kinds[kind.code] = kind;
        }
        return kinds;
    }
}
