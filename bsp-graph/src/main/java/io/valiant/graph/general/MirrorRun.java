package io.valiant.graph.general;

import io.valiant.message.MessageWriter;
import java.io.IOException;

/**
 * Messages of the same length by the mirrors of several vertices, one after another, that go to one task as one record: slots
 * and then bytes, so that both ends handle them as arrays. It counts as one message of the exchange.
 */
final class MirrorRun {
    /** All bytes of a record but for its head: less than the least that may be set as the longest message. */
    private static final int MOST_BYTES = 1_000;

    private final int[] slots = new int[MOST_BYTES / Integer.BYTES];
    private final byte[] bytes = new byte[MOST_BYTES];
    private int count;
    private int length;

    boolean isEmpty() {
        return count == 0;
    }

    /** Adds a message; false if it has to begin another run. */
    boolean add(int slot, byte[] message, int size) {
        if (count == 0) {
            length = size;
        }
        if (size != length || (count + 1) * (long) (Integer.BYTES + size) > MOST_BYTES) {
            return false;
        }
        slots[count] = slot;
        Ints.copy(message, 0, bytes, count * size, size);
        count++;
        return true;
    }

    /** Writes the record, with its head made in a buffer, and is empty then. */
    void write(MessageWriter out, ByteOutput head) throws IOException {
        head.reset().write(Wire.SEND_BY_MIRRORS);
        head.writeLength(count).writeLength(length);
        out.beginMessage();
        out.write(head.bytes(), 0, head.size());
        out.writeInts(slots, 0, count);
        out.write(bytes, 0, count * length);
        out.endMessage();
        count = 0;
    }
}
