package io.valiant.message;

import io.valiant.transport.FramePool;
import io.valiant.wire.Frame;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What has come, by sender and superstep: bytes until they are read. Three supersteps lie here at a time: the one being
 * read, the one now computing, and the next, of peers that are a barrier ahead. Above the memory share bytes go to a file
 * and are read back in their place; receiving never waits for the program.
 *
 * <p>Frames are added by the owner of the links; readers belong to the program's thread and touch no superstep to which
 * frames are added. {@link #turn} is the program's thread's, inside the barrier, as owner.
 */
public final class Inbox implements AutoCloseable {
    private static final int SLOTS = 3;

    private final FramePool pool;
    private final long memoryBytes;
    private final Segments[][] segments;
    private final long[][] frames;
    private final SpillFile[] files = new SpillFile[SLOTS];
    private final InboxReader[] readers;
    private final AtomicLong spilledBytes = new AtomicLong();

    /** Of buffers held in memory, by their capacity. */
    private long usedBytes;

    /**
     * An inbox.
     *
     * @param memoryBytes share of the memory; what is above goes to a file
     * @param folder where that file lies, made when first needed
     */
    public Inbox(int senders, FramePool pool, long memoryBytes, Path folder) {
        this.pool = pool;
        this.memoryBytes = memoryBytes;
        this.segments = new Segments[SLOTS][senders];
        this.frames = new long[SLOTS][senders];
        this.readers = new InboxReader[senders];
        for (int slot = 0; slot < SLOTS; slot++) {
            files[slot] = new SpillFile(folder);
            for (int sender = 0; sender < senders; sender++) {
                segments[slot][sender] = new Segments();
            }
        }
        for (int sender = 0; sender < senders; sender++) {
            readers[sender] = new InboxReader(pool);
        }
    }

    /**
     * Takes a DATA frame's payload. Only for the superstep now computing and the next.
     *
     * @param keepable whether the frame, a large buffer of the pool, may be kept
     * @return whether it is kept; it goes back to the pool when its superstep is over
     */
    public boolean add(int sender, long superstep, ByteBuffer frame, boolean keepable) throws SpillFailure {
        int slot = slot(superstep);
        frames[slot][sender]++;
        int length = frame.limit() - Frame.HEADER_BYTES;
        boolean keep = keepable && frame.capacity() == pool.frameBytes() && length > frame.capacity() / 2;
        if (keep && claim()) {
            segments[slot][sender].addMemory(frame, Frame.HEADER_BYTES, length);
            return true;
        }
        put(slot, sender, frame.position(Frame.HEADER_BYTES), !keep);
        return false;
    }

    private void put(int slot, int sender, ByteBuffer payload, boolean mayClaim) throws SpillFailure {
        Segments to = segments[slot][sender];
        int length = payload.remaining();
        if (!to.fillTail(payload)) {
            if (mayClaim && length <= pool.frameBytes() && claim()) {
                ByteBuffer copy = pool.take();
                to.addMemory(copy, 0, 0);
                to.fillTail(payload);
            } else {
                to.addSpilled(files[slot].append(payload), length);
                spilledBytes.addAndGet(length);
            }
        }
    }

    /**
     * Puts back a piece of what a sender had sent in the superstep before a checkpoint, before the first barrier.
     *
     * @param superstep the one before that which computes
     */
    public void restore(int sender, long superstep, ByteBuffer piece) throws SpillFailure {
        put(slot(superstep), sender, piece, true);
    }

    /** All of that sender's bytes are put back: they may be read. Program's thread. */
    public void startReading(int sender, long superstep) {
        readers[sender].start(segments[slot(superstep)][sender], files[slot(superstep)]);
    }

    private boolean claim() {
        if (usedBytes + pool.frameBytes() > memoryBytes) {
            return false;
        }
        usedBytes += pool.frameBytes();
        return true;
    }

    /** How many frames of that superstep have come from that sender. */
    public long frames(int sender, long superstep) {
        return frames[slot(superstep)][sender];
    }

    /** How many bytes of that superstep have come from that sender. */
    public long bytes(int sender, long superstep) {
        return segments[slot(superstep)][sender].bytes();
    }

    /** The barrier that ends that superstep has opened: it is read now, the one before is forgotten. */
    public void turn(long superstep) throws SpillFailure {
        int slot = slot(superstep);
        for (int sender = 0; sender < readers.length; sender++) {
            readers[sender].start(segments[slot][sender], files[slot]);
        }
        forget(slot(superstep + SLOTS - 1));
    }

    private void forget(int slot) throws SpillFailure {
        for (int sender = 0; sender < readers.length; sender++) {
            Segments old = segments[slot][sender];
            for (int i = 0; i < old.count(); i++) {
                ByteBuffer buffer = old.take(i);
                if (buffer != null) {
                    pool.give(buffer);
                }
            }
            usedBytes -= (long) old.inMemory() * pool.frameBytes();
            old.clear();
            frames[slot][sender] = 0;
        }
        files[slot].clear();
    }

    /** What that sender sent in the superstep that was ended last; the same object each time. */
    public InboxReader reader(int sender) {
        return readers[sender];
    }

    /** Bytes that went to the disk since the start. Any thread. */
    public long spilledBytes() {
        return spilledBytes.get();
    }

    /**
     * Closes the files. Buffers are not given back for others to write into: the program may still compute, and is to
     * find what was sent, or no more, but nothing else.
     */
    @Override
    public void close() throws SpillFailure {
        for (SpillFile file : files) {
            file.close();
        }
    }

    private static int slot(long superstep) {
        return (int) Math.floorMod(superstep, (long) SLOTS);
    }
}
