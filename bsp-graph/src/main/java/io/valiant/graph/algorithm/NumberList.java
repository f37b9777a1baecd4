package io.valiant.graph.algorithm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.io.Writable;

/**
 * Numbers of vertices, ascending, each with a small count; filled again and again. Written as how many there are and an int for
 * each, which holds the number and whether its count is 2; where one does not fit into that, as -1 - how many, and two longs for
 * each.
 */
final class NumberList implements Writable {
    private long[] numbers = new long[4];
    private long[] counts = new long[4];
    private int size;

    /** Whether all numbers and counts fit into ints. */
    private boolean narrow = true;

    void clear() {
        size = 0;
        narrow = true;
    }

    int size() {
        return size;
    }

    long number(int i) {
        return numbers[i];
    }

    long count(int i) {
        return counts[i];
    }

    /** Adds a number that is greater than the last. */
    void add(long number, long count) {
        room(size + 1);
        numbers[size] = number;
        counts[size++] = count;
        narrow &= number <= Integer.MAX_VALUE >> 1 && (count == 1 || count == 2);
    }

    /** Where a number is, or less than 0. */
    int find(long number) {
        return Arrays.binarySearch(numbers, 0, size, number);
    }

    private void room(int wanted) {
        if (wanted > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(wanted, 2 * numbers.length));
            counts = Arrays.copyOf(counts, numbers.length);
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(narrow ? size : -1 - size);
        for (int i = 0; i < size; i++) {
            if (narrow) {
                out.writeInt((int) (numbers[i] << 1 | (counts[i] - 1)));
            } else {
                out.writeLong(numbers[i]);
                out.writeLong(counts[i]);
            }
        }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        int told = in.readInt();
        narrow = told >= 0;
        size = narrow ? told : -1 - told;
        room(size);
        for (int i = 0; i < size; i++) {
            if (narrow) {
                int both = in.readInt();
                numbers[i] = Integer.toUnsignedLong(both) >>> 1;
                counts[i] = 1L + (both & 1);
            } else {
                numbers[i] = in.readLong();
                counts[i] = in.readLong();
            }
        }
    }
}
