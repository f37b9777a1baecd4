package io.valiant.exchange;

import io.valiant.bsp.BspException;
import io.valiant.message.FrameOutput;
import io.valiant.transport.FramePool;
import io.valiant.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Frames to one peer: its share of the memory, and what was sent in this superstep. Program's thread, unless said otherwise. */
final class PeerOutput implements FrameOutput {
    /** What the frames are handed to. */
    interface Sink {
        /** A frame may leave. */
        void submit(int peer, ByteBuffer frame);

        /** Throws what has failed, if anything has. */
        void check() throws BspException;

        /** Waits until that peer's output {@link #mayTake()}. */
        void awaitRoom(PeerOutput output) throws BspException;
    }

    /** Half a MiB where frames are as by default: with more a write costs hardly less for a byte. */
    private static final int GATHERED = 4;

    private final int peer;
    private final int limit;
    private final int gathered;
    private final FramePool pool;
    private final Sink sink;

    /** Frames open, held back, on their way or not acknowledged; given back by the owner of the links. */
    private final AtomicInteger outstanding = new AtomicInteger();

    private long frames;
    private long bytes;

    PeerOutput(int peer, int limit, FramePool pool, Sink sink) {
        this.peer = peer;
        this.limit = limit;
        this.gathered = Math.max(1, Math.min(GATHERED, limit / 4));
        this.pool = pool;
        this.sink = sink;
    }

    @Override
    public ByteBuffer empty() throws IOException {
        try {
            // once a frame: where there is room for ever a program that only writes would not hear of a failure
            sink.check();
            if (!mayTake()) {
                sink.awaitRoom(this);
            }
        } catch (BspException e) {
            throw new IOException(e.getMessage(), e);
        }
        outstanding.incrementAndGet();
        return Frame.begin(pool.take());
    }

    boolean mayTake() {
        return outstanding.get() < limit;
    }

    @Override
    public void full(ByteBuffer frame) {
        frames++;
        bytes += frame.position() - Frame.HEADER_BYTES;
        sink.submit(peer, frame);
    }

    @Override
    public void unused(ByteBuffer frame) {
        outstanding.decrementAndGet();
        pool.give(frame);
    }

    @Override
    public int mayHold() {
        return limit - 1;
    }

    /** How many frames are written at once where that costs less: no more than leave most of the share to be on its way. */
    int gathered() {
        return gathered;
    }

    /** A frame has been acknowledged, or is the inbox's now; by the owner of the links. */
    void released() {
        outstanding.decrementAndGet();
    }

    /** Frames sent in this superstep. */
    long frames() {
        return frames;
    }

    /** Bytes sent in this superstep. */
    long bytes() {
        return bytes;
    }

    /** A new superstep. */
    void turn() {
        frames = 0;
        bytes = 0;
    }
}
