package io.valiant.transport;

import io.valiant.bsp.BspException;
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

    /** A sender has arrived at a barrier. The frame is only valid now. */
    void onSync(int sender, ByteBuffer frame) throws BspException;

    /** A link is lost for good. Said once for each link. */
    void onLost(int peer, String detail);
}
