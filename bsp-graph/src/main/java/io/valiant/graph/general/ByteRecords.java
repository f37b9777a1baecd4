package io.valiant.graph.general;

import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.Growth;
import java.io.IOException;
import java.util.Arrays;

/**
 * A record of bytes for each number. One that keeps its length, or nearly, is written in its place; others go to the end, and
 * when more than half is waste all are written anew.
 */
final class ByteRecords {
    /** Records take multiples of this. */
    private static final int GRAIN = 8;

    private static final long LEAST_WASTE = 1 << 20;

    private Pages pages = new Pages();
    private long[] address = new long[16];
    private int[] length = new int[16];
    private int size;
    private long taken;
    private long wasted;

    /** How many numbers there are. */
    int size() {
        return size;
    }

    /** Makes the numbers below {@code numbers} be there; new ones have empty records. */
    void grow(int numbers) {
        if (numbers > length.length) {
            int wider = Growth.atLeast(length.length, numbers);
            length = Arrays.copyOf(length, wider);
            address = Arrays.copyOf(address, wider);
        }
        size = Math.max(size, numbers);
    }

    /** Numbers begin anew. */
    void clear() {
        pages.clear();
        Arrays.fill(length, 0, size, 0);
        size = 0;
        taken = 0;
        wasted = 0;
    }

    private static int room(int bytes) {
        return (bytes + GRAIN - 1) & -GRAIN;
    }

    void put(int number, byte[] from, int start, int bytes) {
        int had = room(length[number]);
        if (room(bytes) > had) {
            relocate(number, had, bytes);
        } else {
            wasted += had - room(bytes);
        }
        length[number] = bytes;
        if (bytes > 0) {
            Ints.copy(from, start, pages.page(address[number]), Pages.offset(address[number]), bytes);
        }
    }

    /** Gives a record a new place, with room for so many bytes. */
    private void relocate(int number, int had, int bytes) {
        wasted += had;
        if (wasted > LEAST_WASTE && wasted > taken / 2) {
            length[number] = 0;
            writeAnew();
        }
        address[number] = pages.reserve(room(bytes));
        taken += room(bytes);
    }

    private void writeAnew() {
        Pages fresh = new Pages();
        taken = 0;
        wasted = 0;
        for (int n = 0; n < size; n++) {
            if (length[n] > 0) {
                long to = fresh.reserve(room(length[n]));
                System.arraycopy(
                        pages.page(address[n]), Pages.offset(address[n]), fresh.page(to), Pages.offset(to), length[n]);
                address[n] = to;
                taken += room(length[n]);
            }
        }
        pages = fresh;
    }

    /** Records get other numbers, that of number n becomes {@code to[n]}, and lie in the order of these. */
    void renumber(int[] to) {
        int[] lengths = new int[length.length];
        long[] addresses = new long[address.length];
        for (int n = 0; n < size; n++) {
            lengths[to[n]] = length[n];
            addresses[to[n]] = address[n];
        }
        length = lengths;
        address = addresses;
        writeAnew();
    }

    int length(int number) {
        return length[number];
    }

    /** Lets a reader begin with a record; valid until the next {@link #put}. */
    ByteInput open(int number, ByteInput in) {
        int bytes = length[number];
        return bytes == 0
                ? in.reset(in.bytes(), 0, 0)
                : in.reset(pages.page(address[number]), Pages.offset(address[number]), bytes);
    }

    void save(ArrayOutput out) throws IOException {
        out.writeInts(length, size);
        byte[] copy = new byte[64];
        for (int n = 0; n < size; n++) {
            if (length[n] > copy.length) {
                copy = new byte[Growth.atLeast(copy.length, length[n])];
            }
            if (length[n] > 0) {
                System.arraycopy(pages.page(address[n]), Pages.offset(address[n]), copy, 0, length[n]);
                out.writeBytes(copy, length[n]);
            }
        }
    }

    /** Reads that many records. */
    static ByteRecords restore(ArrayInput in, int numbers) throws IOException {
        ByteRecords records = new ByteRecords();
        records.grow(numbers);
        int[] lengths = in.readInts(new int[numbers]);
        for (int n = 0; n < numbers; n++) {
            in.check(lengths[n] >= 0, "a record of %d bytes", lengths[n]);
            byte[] record = in.readBytes(new byte[lengths[n]]);
            records.put(n, record, 0, record.length);
        }
        return records;
    }
}
