package io.valiant.graph.general;

import io.valiant.graph.io.Growth;
import java.util.Arrays;

/**
 * Pieces of bytes for slots, each for one or several; sorted by slot, else in the order in which they came. Filled, then
 * {@link #sort sorted}, then read.
 */
final class SlotLog {
    private final Pages pages = new Pages();
    private int pieces;
    private long[] address = new long[16];
    private int[] length = new int[16];

    /** By sending task: the first piece behind those of the tasks before it; only where it was {@link #from told}. */
    private int[] firstOf = new int[0];

    /** The tasks that have been told. */
    private int senders;

    /** What is for whom, as it came: the i-th is piece {@code piece[i]} for {@code slot[i]}. */
    private int count;

    private int[] slot = new int[16];
    private int[] piece = new int[16];

    /** The pieces of slot s are {@code sorted[start[s] .. start[s + 1])}. */
    private int[] start = new int[1];

    private int[] sorted = new int[0];

    void clear() {
        pages.clear();
        pieces = 0;
        count = 0;
        senders = 0;
    }

    /** The pieces that follow come from that task, which is not below the one before. */
    void from(int task) {
        if (task >= firstOf.length) {
            firstOf = Arrays.copyOf(firstOf, Growth.atLeast(firstOf.length, task + 1L));
        }
        while (senders <= task) {
            firstOf[senders++] = pieces;
        }
    }

    /** The last piece, plus one, of the task that a piece comes from. */
    int endOfSender(int number) {
        for (int task = 1; task < senders; task++) {
            if (firstOf[task] > number) {
                return firstOf[task];
            }
        }
        return pieces;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Room for a piece; its number. Its bytes are to be filled in at once. */
    int reserve(int bytes) {
        if (pieces == length.length) {
            int wider = Growth.next(pieces);
            address = Arrays.copyOf(address, wider);
            length = Arrays.copyOf(length, wider);
        }
        address[pieces] = pages.reserve(bytes);
        length[pieces] = bytes;
        return pieces++;
    }

    /** The array that a piece lies in. */
    byte[] array(int number) {
        return pages.page(address[number]);
    }

    int offset(int number) {
        return Pages.offset(address[number]);
    }

    int length(int number) {
        return length[number];
    }

    /** Says that a piece is for a slot. */
    void give(int number, int toSlot) {
        if (count == slot.length) {
            int wider = Growth.next(count);
            slot = Arrays.copyOf(slot, wider);
            piece = Arrays.copyOf(piece, wider);
        }
        slot[count] = toSlot;
        piece[count++] = number;
    }

    /** Adds a piece for one slot. */
    void add(int toSlot, byte[] from, int begin, int bytes) {
        int number = reserve(bytes);
        System.arraycopy(from, begin, array(number), offset(number), bytes);
        give(number, toSlot);
    }

    /**
     * A new number for each slot below {@code slots}: of each {@code block} of them that follow one another those that more
     * pieces are for come first, else they stay in order. Before it is sorted.
     */
    int[] numbersByPieces(int slots, int block) {
        long[] order = new long[slots];
        for (int i = 0; i < count; i++) {
            order[slot[i]] -= 1L << 32;
        }
        for (int s = 0; s < slots; s++) {
            order[s] += s;
        }
        for (long from = 0; from < slots; from += block) {
            Arrays.sort(order, (int) from, (int) Math.min(slots, from + block));
        }
        int[] numbers = new int[slots];
        for (int n = 0; n < slots; n++) {
            numbers[(int) order[n]] = n;
        }
        return numbers;
    }

    /** Slots get other numbers. Before it is sorted. */
    void renumber(int[] to) {
        for (int i = 0; i < count; i++) {
            slot[i] = to[slot[i]];
        }
    }

    /** All is there; slots are from {@code first} to below {@code first + slots}. */
    void sort(int first, int slots) {
        if (count == 0) {
            return;
        }
        if (start.length < slots + 2) {
            start = new int[slots + 2];
        } else {
            Arrays.fill(start, 0, slots + 2, 0);
        }
        // counted two behind, then placed one behind: so each begins where it should when all are placed
        for (int i = 0; i < count; i++) {
            slot[i] -= first;
            start[slot[i] + 2]++;
        }
        for (int s = 2; s < slots + 2; s++) {
            start[s] += start[s - 1];
        }
        if (sorted.length < count) {
            sorted = new int[Growth.atLeast(sorted.length, count)];
        }
        for (int i = 0; i < count; i++) {
            sorted[start[slot[i] + 1]++] = piece[i];
        }
    }

    /** Where the pieces of a slot (counted from the first) begin in the order of slots. */
    int begin(int ofSlot) {
        return count == 0 ? 0 : start[ofSlot];
    }

    int end(int ofSlot) {
        return count == 0 ? 0 : start[ofSlot + 1];
    }

    /** The number of the piece at a place in that order. */
    int at(int place) {
        return sorted[place];
    }
}
