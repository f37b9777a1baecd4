package io.valiant.transport;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One direction of a {@link RingFile}: bytes from the one process that writes to the one that reads. Each side only stores its
 * own counter; what the other one says is checked before it is used. Counters and flags lie two cache lines apart.
 *
 * <pre>
 *     0  long  written       bytes ever written, by the writer
 *   128  long  read          bytes ever read, by the reader
 *   256  int   reader waits  1: set by the reader before it blocks, taken by the writer, who rings
 *   384  int   writer waits  1: set by the writer before it blocks, taken by the reader, who rings
 * </pre>
 *
 * No wake-up is lost: who waits sets its flag and then looks at the other's counter, the other one stores its counter and then
 * looks at the flag, all sequentially consistent.
 */
final class SharedRing {
    private static final int WRITTEN = 0;
    private static final int READ = 128;
    private static final int READER_WAITS = 256;
    private static final int WRITER_WAITS = 384;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final MappedByteBuffer memory;
    private final int header;
    private final int data;
    private final int capacity;

    /** This side's own counter, of whichever side it is. */
    private long own;

    /** The same as it was last shown to the other side, for whoever waits: in the memory a broken peer could write it. */
    private final AtomicLong shown = new AtomicLong();

    /** The other side's counter when it was last needed. */
    private long other;

    SharedRing(MappedByteBuffer memory, int header, int data, int capacity) {
        this.memory = memory;
        this.header = header;
        this.data = data;
        this.capacity = capacity;
    }

    private long counter(int which) {
        return (long) LONG.getVolatile(memory, header + which);
    }

    private static IOException damaged() {
        return new IOException("the shared memory of the link is damaged");
    }

    // ---- the writing side

    /** Moves as many bytes as there is room for; how many. */
    int write(ByteBuffer from) throws IOException {
        int wanted = from.remaining();
        long room = capacity - (own - other);
        if (room < wanted) {
            long seen = counter(READ);
            room = capacity - (own - seen);
            if (room < 0 || room > capacity) {
                throw damaged();
            }
            other = seen;
        }
        int count = (int) Math.min(wanted, room);
        if (count > 0) {
            int start = (int) own & (capacity - 1);
            int head = Math.min(count, capacity - start);
            int position = from.position();
            memory.put(data + start, from, position, head);
            memory.put(data, from, position + head, count - head);
            from.position(position + count);
            own += count;
        }
        return count;
    }

    /** Shows the reader what was written; whether it has to be rung. */
    boolean publish() {
        shown.lazySet(own);
        LONG.setVolatile(memory, header + WRITTEN, own);
        return takeFlag(READER_WAITS);
    }

    /** Before blocking until there is room; false if there is some. */
    boolean askForRoom() {
        INT.setVolatile(memory, header + WRITER_WAITS, 1);
        return shown.get() - counter(READ) == capacity;
    }

    void needNoRoom() {
        INT.setOpaque(memory, header + WRITER_WAITS, 0);
    }

    // ---- the reading side

    /** Moves as many bytes as there are and fit; how many. */
    int read(ByteBuffer into) throws IOException {
        int wanted = into.remaining();
        long there = other - own;
        if (there < wanted) {
            long seen = counter(WRITTEN);
            there = seen - own;
            if (there < 0 || there > capacity) {
                throw damaged();
            }
            other = seen;
        }
        int count = (int) Math.min(wanted, there);
        if (count > 0) {
            int start = (int) own & (capacity - 1);
            int head = Math.min(count, capacity - start);
            int position = into.position();
            into.put(position, memory, data + start, head);
            into.put(position + head, memory, data, count - head);
            into.position(position + count);
            own += count;
        }
        return count;
    }

    /** Whether nothing has come that was not read. Reader. */
    boolean isEmpty() {
        return counter(WRITTEN) == own;
    }

    /** Gives the room of what was read back; whether the writer has to be rung. */
    boolean release() {
        shown.lazySet(own);
        LONG.setVolatile(memory, header + READ, own);
        return takeFlag(WRITER_WAITS);
    }

    /** Before blocking until there is something; false if there is. */
    boolean askForBytes() {
        INT.setVolatile(memory, header + READER_WAITS, 1);
        return counter(WRITTEN) == shown.get();
    }

    void needNoBytes() {
        INT.setOpaque(memory, header + READER_WAITS, 0);
    }

    // ---- either

    private boolean takeFlag(int which) {
        return (int) INT.getVolatile(memory, header + which) == 1 && INT.compareAndSet(memory, header + which, 1, 0);
    }
}
