package io.valiant.graph.algorithm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;

/** Numbers of vertices, ascending, each with a small count; filled again and again. */
final class NumberList implements Writable {
    private long[] numbers = new long[4];
    private long[] counts = new long[4];
    private int size;

    void clear() {
        size = 0;
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
        WritableUtils.writeVInt(out, size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            WritableUtils.writeVLong(out, numbers[i] - before);
            WritableUtils.writeVLong(out, counts[i]);
            before = numbers[i];
        }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        int wanted = WritableUtils.readVInt(in);
        size = 0;
        long before = 0;
        for (int i = 0; i < wanted; i++) {
            before += WritableUtils.readVLong(in);
            add(before, WritableUtils.readVLong(in));
        }
    }
}
