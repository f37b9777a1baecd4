package io.valiant.graph.algorithm;

import java.util.Arrays;

/** Where the numbers of a {@link NumberList} are in it: an open table, at most half full; filled again and again. */
final class NumberTable {
    private static final long NONE = -1;

    private long[] numbers = new long[8];
    private int[] places = new int[8];

    /** Of the part that is used now, less one. */
    private int mask = 7;

    /** Begins with another list. */
    void fill(NumberList list) {
        int size = Math.max(8, Integer.highestOneBit(Math.max(1, list.size())) << 2);
        if (size > numbers.length) {
            numbers = new long[size];
            places = new int[size];
        }
        mask = size - 1;
        Arrays.fill(numbers, 0, size, NONE);
        for (int i = 0; i < list.size(); i++) {
            int at = slot(list.number(i));
            numbers[at] = list.number(i);
            places[at] = i;
        }
    }

    /** The place of a number in the list, or -1. */
    int find(long number) {
        int at = slot(number);
        return numbers[at] == NONE ? -1 : places[at];
    }

    /** Where a number is, or would be. */
    private int slot(long number) {
        int at = (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (numbers[at] != number && numbers[at] != NONE) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
