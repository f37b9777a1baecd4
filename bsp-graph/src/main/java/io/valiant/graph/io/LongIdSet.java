package io.valiant.graph.io;

import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.Arrays;

/** Ids that are all longs. */
public final class LongIdSet extends IdSet {
    private long[] keys = new long[1024];
    /** A key's number + 1 at the place its hash says, or after it; 0 is free. */
    private int[] table = new int[tableSize(1024)];

    private final byte[] text = new byte[IdText.MAX_LONG_BYTES];
    private int size;

    @Override
    public IdForm form() {
        return IdForm.LONG;
    }

    @Override
    public int size() {
        return size;
    }

    /** The number of that key, which is new if it was not there. */
    public int add(long key) {
        int mask = table.length - 1;
        int place = (int) IdText.mix(key) & mask;
        for (int entry = table[place]; entry != 0; entry = table[place]) {
            if (keys[entry - 1] == key) {
                return entry - 1;
            }
            place = (place + 1) & mask;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, Growth.next(size));
        }
        keys[size] = key;
        table[place] = ++size;
        if (size > table.length / 3 * 2) {
            rehash();
        }
        return size - 1;
    }

    /** The number of that key, or -1. */
    public int find(long key) {
        int mask = table.length - 1;
        int place = (int) IdText.mix(key) & mask;
        for (int entry = table[place]; entry != 0; entry = table[place]) {
            if (keys[entry - 1] == key) {
                return entry - 1;
            }
            place = (place + 1) & mask;
        }
        return -1;
    }

    @Override
    public int add(byte[] bytes, int from, int to) {
        return add(IdText.parseLong(bytes, from, to));
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        return IdText.isCanonicalLong(bytes, from, to) ? find(IdText.parseLong(bytes, from, to)) : -1;
    }

    @Override
    public int copyText(int number, byte[] into, int at) {
        return IdText.format(keys[number], into, at);
    }

    @Override
    public int textLength(int number) {
        return IdText.MAX_LONG_BYTES;
    }

    @Override
    public long longId(int number) {
        return keys[number];
    }

    @Override
    public long hash(int number) {
        return IdText.hash(text, 0, IdText.format(keys[number], text, 0));
    }

    @Override
    public int compare(int a, int b) {
        return Long.compare(keys[a], keys[b]);
    }

    @Override
    public int[] sorted() {
        long[] inOrder = Arrays.copyOf(keys, size);
        Arrays.sort(inOrder);
        int[] numbers = new int[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = find(inOrder[i]);
        }
        return numbers;
    }

    @Override
    public LongIdSet reordered(int[] order) {
        LongIdSet other = new LongIdSet();
        other.keys = new long[Math.max(16, order.length)];
        other.table = new int[tableSize(order.length)];
        for (int number : order) {
            other.add(keys[number]);
        }
        return other;
    }

    @Override
    public void write(MessageWriter out, int[] order, int from, int to) throws IOException {
        long[] piece = new long[Math.min(PIECE, to - from)];
        for (int at = from; at < to; at += PIECE) {
            int count = Math.min(PIECE, to - at);
            for (int i = 0; i < count; i++) {
                piece[i] = keys[order[at + i]];
            }
            out.writeLongs(piece, 0, count);
        }
    }

    @Override
    public void readAndAdd(MessageReader in, int count) throws IOException {
        long[] piece = new long[Math.min(PIECE, count)];
        for (int at = 0; at < count; at += PIECE) {
            int some = Math.min(PIECE, count - at);
            in.readLongs(piece, 0, some);
            for (int i = 0; i < some; i++) {
                add(piece[i]);
            }
        }
    }

    @Override
    public int[] readAndFind(MessageReader in, int count) throws IOException {
        int[] found = new int[count];
        long[] piece = new long[Math.min(PIECE, count)];
        for (int at = 0; at < count; at += PIECE) {
            int some = Math.min(PIECE, count - at);
            in.readLongs(piece, 0, some);
            for (int i = 0; i < some; i++) {
                found[at + i] = find(piece[i]);
            }
        }
        return found;
    }

    @Override
    public void save(ArrayOutput out) throws IOException {
        out.writeLongs(keys, size);
    }

    /** Reads a set of that size that was {@link #save saved}. */
    static LongIdSet restore(ArrayInput in, int size) throws IOException {
        LongIdSet ids = new LongIdSet();
        long[] keys = in.readLongs(new long[size]);
        ids.keys = keys;
        ids.table = new int[tableSize(size)];
        for (int i = 0; i < size; i++) {
            // Its own place in the array: nothing is moved.
            if (ids.add(keys[i]) != i) {
                in.check(false, "id %d twice", keys[i]);
            }
        }
        return ids;
    }

    /** The same ids with the same numbers, as text. */
    public TextIdSet toText() {
        TextIdSet other = new TextIdSet();
        for (int i = 0; i < size; i++) {
            other.add(text, 0, IdText.format(keys[i], text, 0));
        }
        return other;
    }

    private void rehash() {
        int[] wider = new int[Growth.doubled(table.length)];
        int mask = wider.length - 1;
        for (int i = 0; i < size; i++) {
            int place = (int) IdText.mix(keys[i]) & mask;
            while (wider[place] != 0) {
                place = (place + 1) & mask;
            }
            wider[place] = i + 1;
        }
        table = wider;
    }
}
