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
        start = new int[1];
        sorted = new int[0];
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

    /** All is there; slots are from {@code first} to below {@code first + slots}. */
    void sort(int first, int slots) {
        start = new int[slots + 1];
        for (int i = 0; i < count; i++) {
            slot[i] -= first;
            start[slot[i] + 1]++;
        }
        for (int s = 0; s < slots; s++) {
            start[s + 1] += start[s];
        }
        int[] next = Arrays.copyOf(start, slots);
        sorted = new int[count];
        for (int i = 0; i < count; i++) {
            sorted[next[slot[i]]++] = piece[i];
        }
    }

    /** Where the pieces of a slot (counted from the first) begin in the order of slots. */
    int begin(int ofSlot) {
        return start[ofSlot];
    }

    int end(int ofSlot) {
        return start[ofSlot + 1];
    }

    /** The number of the piece at a place in that order. */
    int at(int place) {
        return sorted[place];
    }
}
