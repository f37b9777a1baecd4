package io.valiant.benchmark.micro;

import io.valiant.message.FrameOutput;
import io.valiant.transport.FramePool;
import io.valiant.wire.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A link that goes nowhere: frames are kept until they are taken, or given back to their pool at once. */
final class PooledFrames implements FrameOutput {
    /** As links of real jobs have it. */
    static final int FRAME_BYTES = 64 * 1024;

    final FramePool pool = new FramePool(FRAME_BYTES);
    private final List<ByteBuffer> kept;

    private PooledFrames(List<ByteBuffer> kept) {
        this.kept = kept;
    }

    static PooledFrames dropping() {
        return new PooledFrames(null);
    }

    static PooledFrames keeping() {
        return new PooledFrames(new ArrayList<>());
    }

    /** Those that were full since the last call, ready to be read. */
    List<ByteBuffer> take() {
        List<ByteBuffer> taken = List.copyOf(kept);
        kept.clear();
        return taken;
    }

    @Override
    public ByteBuffer empty() {
        return Frame.begin(pool.take());
    }

    @Override
    public void full(ByteBuffer frame) {
        if (kept == null) {
            pool.give(frame);
        } else {
            kept.add(frame.flip());
        }
    }

    @Override
    public void unused(ByteBuffer frame) {
        pool.give(frame);
    }

    @Override
    public int mayHold() {
        return 1;
    }
}
