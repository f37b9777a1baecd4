package io.valiant.message;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a {@link FrameWriter} gets empty frames from and brings full ones to. Program's thread. */
public interface FrameOutput {
    /**
     * An empty frame, position behind the header; waits until the link's share of the memory allows one.
     *
     * @throws IOException if there will be none: the cause says why, a {@link io.valiant.bsp.BspException}
     */
    ByteBuffer empty() throws IOException;

    /** A frame whose payload ends at its position may leave. */
    void full(ByteBuffer frame);

    /** A frame that {@link #empty()} gave is not needed. */
    void unused(ByteBuffer frame);

    /** How many frames one message may hold back at most; at least one. */
    int mayHold();
}
