package io.valiant.graph.io;

import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.Arrays;

/** Ids of any text: one array of bytes with the place where each begins. */
public final class TextIdSet extends IdSet {
    private byte[] bytes = new byte[16 * 1024];
    /** Id i is {@code bytes[starts[i] .. starts[i + 1])}. */
    private int[] starts = new int[1025];
    /** The upper half of each id's hash: saves most comparisons, and all hashing when the table grows. */
    private int[] hashes = new int[1024];
    /** An id's number + 1 at the place its hash says, or after it; 0 is free. */
    private int[] table = new int[tableSize(1024)];

    private int size;

    @Override
    public IdForm form() {
        return IdForm.TEXT;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int count() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += has(i) ? 1 : 0;
        }
        return count;
    }

    /** An id is never empty; a number that was {@link #skip skipped} is. */
    @Override
    public boolean has(int number) {
        return starts[number] < starts[number + 1];
    }

    /** Leaves the next number without an id. */
    void skip() {
        append(0, bytes, 0, 0);
    }

    @Override
    public int add(byte[] from, int start, int end) {
        int hash = upperHalf(IdText.hash(from, start, end));
        int place = place(hash, from, start, end);
        int entry = table[place];
        if (entry != 0) {
            return entry - 1;
        }
        append(hash, from, start, end);
        table[place] = size;
        if (size > table.length / 3 * 2) {
            rehash();
        }
        return size - 1;
    }

    @Override
    public int find(byte[] from, int start, int end) {
        return table[place(upperHalf(IdText.hash(from, start, end)), from, start, end)] - 1;
    }

    /** Where the table has that text, or the free place where it would be. */
    private int place(int hash, byte[] from, int start, int end) {
        int mask = table.length - 1;
        int place = hash & mask;
        for (int entry = table[place]; entry != 0; entry = table[place]) {
            int number = entry - 1;
            if (hashes[number] == hash && Arrays.equals(bytes, starts[number], starts[number + 1], from, start, end)) {
                return place;
            }
            place = (place + 1) & mask;
        }
        return place;
    }

    private void append(int hash, byte[] from, int start, int end) {
        int at = starts[size];
        int length = end - start;
        if ((long) at + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Growth.atLeast(bytes.length, (long) at + length));
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Growth.next(size));
            starts = Arrays.copyOf(starts, hashes.length + 1);
        }
        System.arraycopy(from, start, bytes, at, length);
        hashes[size++] = hash;
        starts[size] = at + length;
    }

    @Override
    public int copyText(int number, byte[] into, int at) {
        int length = starts[number + 1] - starts[number];
        System.arraycopy(bytes, starts[number], into, at, length);
        return at + length;
    }

    @Override
    public int textLength(int number) {
        return starts[number + 1] - starts[number];
    }

    @Override
    public long longId(int number) {
        throw new IllegalStateException("vertex '" + text(number) + "': the ids of this graph are text, not numbers");
    }

    @Override
    public long hash(int number) {
        return IdText.hash(bytes, starts[number], starts[number + 1]);
    }

    @Override
    public int compare(int a, int b) {
        return IdText.compare(bytes, starts[a], starts[a + 1], bytes, starts[b], starts[b + 1]);
    }

    /** Compares an id of this set with one of another. */
    public int compare(int a, TextIdSet others, int b) {
        return IdText.compare(bytes, starts[a], starts[a + 1], others.bytes, others.starts[b], others.starts[b + 1]);
    }

    @Override
    public int[] sorted() {
        int[] numbers = new int[count()];
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (has(i)) {
                numbers[at++] = i;
            }
        }
        mergeSort(numbers, new int[at]);
        return numbers;
    }

    /** Bottom up; libraries sort ints by a comparator only as objects. */
    private void mergeSort(int[] numbers, int[] spare) {
        int[] from = numbers;
        int[] to = spare;
        int count = numbers.length;
        for (long width = 1; width < count; width *= 2) {
            for (long low = 0; low < count; low += 2 * width) {
                int middle = (int) Math.min(count, low + width);
                merge(from, to, (int) low, middle, (int) Math.min(count, low + 2 * width));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        if (from != numbers) {
            System.arraycopy(from, 0, numbers, 0, count);
        }
    }

    private void merge(int[] from, int[] to, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean takeLeft = right == high || (left < middle && compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    @Override
    public TextIdSet reordered(int[] order) {
        TextIdSet other = new TextIdSet();
        other.bytes = new byte[Math.max(16, starts[size])];
        other.hashes = new int[Math.max(16, order.length)];
        other.starts = new int[other.hashes.length + 1];
        other.table = new int[tableSize(order.length)];
        for (int number : order) {
            other.add(bytes, starts[number], starts[number + 1]);
        }
        return other;
    }

    @Override
    public void write(MessageWriter out, int[] order, int from, int to) throws IOException {
        int[] lengths = new int[Math.min(PIECE, to - from)];
        for (int at = from; at < to; at += PIECE) {
            int count = Math.min(PIECE, to - at);
            for (int i = 0; i < count; i++) {
                lengths[i] = textLength(order[at + i]);
            }
            out.writeInts(lengths, 0, count);
            for (int i = 0; i < count; i++) {
                out.write(bytes, starts[order[at + i]], lengths[i]);
            }
        }
    }

    @Override
    public void readAndAdd(MessageReader in, int count) throws IOException {
        TextPiece piece = new TextPiece();
        for (int left = count; left > 0; ) {
            int some = piece.read(in, left);
            for (int i = 0; i < some; i++) {
                add(piece.bytes(), piece.start(i), piece.end(i));
            }
            left -= some;
        }
    }

    @Override
    public int[] readAndFind(MessageReader in, int count) throws IOException {
        int[] found = new int[count];
        TextPiece piece = new TextPiece();
        for (int at = 0; at < count; ) {
            int some = piece.read(in, count - at);
            for (int i = 0; i < some; i++) {
                found[at + i] = find(piece.bytes(), piece.start(i), piece.end(i));
            }
            at += some;
        }
        return found;
    }

    @Override
    public void save(ArrayOutput out) throws IOException {
        out.writeInts(starts, size + 1);
        out.writeBytes(bytes, starts[size]);
    }

    /** Reads a set of that size that was {@link #save saved}. */
    static TextIdSet restore(ArrayInput in, int size) throws IOException {
        TextIdSet ids = new TextIdSet();
        int[] starts = in.readInts(new int[size + 1]);
        boolean ascending = starts[0] == 0;
        for (int i = 0; i < size; i++) {
            ascending &= starts[i] <= starts[i + 1];
        }
        in.check(ascending, "ids whose places do not ascend");
        ids.starts = starts;
        ids.bytes = in.readBytes(new byte[starts[size]]);
        ids.hashes = new int[size];
        ids.table = new int[tableSize(size)];
        for (int i = 0; i < size; i++) {
            int hash = upperHalf(IdText.hash(ids.bytes, starts[i], starts[i + 1]));
            int place = ids.place(hash, ids.bytes, starts[i], starts[i + 1]);
            if (ids.table[place] != 0) {
                in.check(false, "id '%s' twice", ids.text(i));
            }
            ids.hashes[i] = hash;
            ids.table[place] = i + 1;
        }
        ids.size = size;
        return ids;
    }

    private static int upperHalf(long hash) {
        return (int) (hash >>> 32);
    }

    private void rehash() {
        int[] wider = new int[Growth.doubled(table.length)];
        int mask = wider.length - 1;
        for (int i = 0; i < size; i++) {
            if (!has(i)) {
                continue;
            }
            int place = hashes[i] & mask;
            while (wider[place] != 0) {
                place = (place + 1) & mask;
            }
            wider[place] = i + 1;
        }
        table = wider;
    }
}
