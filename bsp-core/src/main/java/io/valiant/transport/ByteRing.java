package io.valiant.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** A ring of bytes from one writing thread to one reading thread; each side's owner may change by a hand-over. */
final class ByteRing {
    private final byte[] bytes;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** Set by either side; what was written before may still be read. */
    private volatile boolean closed;

    ByteRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        bytes = new byte[capacity];
    }

    /** Moves as many bytes as there is room for; how many. Writing side. */
    int write(ByteBuffer from) {
        long at = written.getPlain();
        int count = (int) Math.min(from.remaining(), bytes.length - (at - read.getAcquire()));
        int start = (int) at & (bytes.length - 1);
        int head = Math.min(count, bytes.length - start);
        from.get(bytes, start, head);
        from.get(bytes, 0, count - head);
        // Sequentially consistent, not only released: the writer looks next whether the reader sleeps.
        written.set(at + count);
        return count;
    }

    /** Moves as many bytes as there are and fit; how many; -1 at the end. Reading side. */
    int read(ByteBuffer into) {
        boolean ended = closed;
        long at = read.getPlain();
        int count = (int) Math.min(into.remaining(), written.getAcquire() - at);
        if (count == 0) {
            return ended && into.hasRemaining() ? -1 : 0;
        }
        int start = (int) at & (bytes.length - 1);
        int head = Math.min(count, bytes.length - start);
        into.put(bytes, start, head);
        into.put(bytes, 0, count - head);
        read.set(at + count);
        return count;
    }

    boolean isReadable() {
        return closed || written.get() != read.get();
    }

    boolean hasRoom() {
        return closed || written.get() - read.get() < bytes.length;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
