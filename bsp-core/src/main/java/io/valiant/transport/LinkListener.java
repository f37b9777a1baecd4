package io.valiant.transport;

import io.valiant.bsp.BspException;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;

/** Who gets what comes over the links. Called by their owner; what it throws ends the attempt. */
public interface LinkListener {
    /**
     * Bytes of messages, new and in order.
     *
     * @param frame from position 0, header included; only read
     * @param keepable whether the frame may be kept; else it is only valid now
     * @return true if the frame is kept: the listener gives it back to the pool
     */
    boolean onData(int sender, ByteBuffer frame, boolean keepable) throws BspException;

    /** A sender says something at a barrier: SYNC, GATHERED or COUNTS. The frame is only valid now. */
    void onBarrier(int sender, FrameKind kind, ByteBuffer frame) throws BspException;

    /** Whether anything from that peer is waited for now; if not its link is looked at less often. */
    boolean awaits(int peer);

    /** A link is lost for good. Said once for each link. */
    void onLost(int peer, String detail);
}
