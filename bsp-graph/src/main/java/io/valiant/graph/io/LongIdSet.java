package io.valiant.graph.io;

import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * Ids that are all longs. Small ones can be their own numbers: then there is one bit for each, and nothing to be looked up.
 * The rest is hashed, by open addressing.
 */
public final class LongIdSet extends IdSet {
    private static final int LEAST = 1024;
    private static final int[] NO_TABLE = {};

    /** Ids below it that are not negative are their own numbers; may rise to {@link #ownLimit}. */
    private int own;

    /** Fixed at {@link #own} as soon as an id has another number. */
    private int ownLimit;

    /** Which ids below {@link #own} there are. */
    private long[] present;

    /** The other ids, by number from {@link #own} on. */
    private long[] keys;

    /** How many keys. */
    private int hashed;

    /** A key's place among the keys + 1 at the place its hash says, or after it; 0 is free. None until it is needed. */
    private int[] table;

    private final byte[] text = new byte[IdText.MAX_LONG_BYTES];
    /** The hash is made digit by digit, so ids that differ in the last one share most of the work. */
    private long headOf = -1;

    private long headState;

    /** Numbers from 0 on, whatever the ids are. */
    public LongIdSet() {
        this(0);
    }

    /** Lets ids from 0 to below {@code ownLimit} be their own numbers, as long as no other has come. */
    public LongIdSet(int ownLimit) {
        this.ownLimit = ownLimit;
        this.present = new long[ownLimit == 0 ? 0 : 16];
        this.keys = new long[ownLimit == 0 ? LEAST : 0];
        this.table = ownLimit == 0 ? new int[tableSize(LEAST)] : NO_TABLE;
    }

    private LongIdSet(long[] keys, int count) {
        this.present = new long[0];
        this.keys = keys;
        this.hashed = count;
        this.table = NO_TABLE;
    }

    @Override
    public IdForm form() {
        return IdForm.LONG;
    }

    @Override
    public int size() {
        return own + hashed;
    }

    @Override
    public int count() {
        int count = hashed;
        for (int i = 0; i < (own + 63) >>> 6; i++) {
            count += Long.bitCount(present[i]);
        }
        return count;
    }

    @Override
    public boolean has(int number) {
        return number >= own || isPresent(number);
    }

    private boolean isPresent(long id) {
        return (present[(int) (id >>> 6)] & 1L << id) != 0;
    }

    /** The number of that key, which is new if it was not there. */
    public int add(long key) {
        if (key >= 0 && key < own) {
            present[(int) (key >>> 6)] |= 1L << key;
            return (int) key;
        }
        return addAbove(key);
    }

    private int addAbove(long key) {
        if (key >= 0 && key < ownLimit) {
            int id = (int) key;
            if (id >>> 6 >= present.length) {
                present = Arrays.copyOf(present, Growth.atLeast(present.length, (id >>> 6) + 1L));
            }
            own = id + 1;
            present[id >>> 6] |= 1L << id;
            return id;
        }
        ownLimit = own;
        return addHashed(key);
    }

    private int addHashed(long key) {
        index();
        int mask = table.length - 1;
        int place = (int) IdText.mix(key) & mask;
        for (int entry = table[place]; entry != 0; entry = table[place]) {
            if (keys[entry - 1] == key) {
                return own + entry - 1;
            }
            place = (place + 1) & mask;
        }
        if (hashed == keys.length) {
            keys = Arrays.copyOf(keys, Growth.next(hashed));
        }
        if (size() == Integer.MAX_VALUE) {
            throw new OutOfMemoryError(
                    "one task cannot number more than " + Integer.MAX_VALUE + " ids; use more tasks");
        }
        keys[hashed] = key;
        table[place] = ++hashed;
        if (hashed > table.length / 3 * 2) {
            rehash(Growth.doubled(table.length));
        }
        return own + hashed - 1;
    }

    /** The number of that key, or -1. */
    public int find(long key) {
        if (key >= 0 && key < own) {
            return isPresent(key) ? (int) key : -1;
        }
        if (hashed == 0) {
            return -1;
        }
        index();
        int mask = table.length - 1;
        int place = (int) IdText.mix(key) & mask;
        for (int entry = table[place]; entry != 0; entry = table[place]) {
            if (keys[entry - 1] == key) {
                return own + entry - 1;
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
        return IdText.format(longId(number), into, at);
    }

    @Override
    public int textLength(int number) {
        return IdText.MAX_LONG_BYTES;
    }

    @Override
    public long longId(int number) {
        return number < own ? number : keys[number - own];
    }

    @Override
    public long hash(int number) {
        long id = longId(number);
        if (id < 10) {
            return IdText.hash(text, 0, IdText.format(id, text, 0));
        }
        long head = id / 10;
        if (head != headOf) {
            headState = IdText.hashState(text, 0, IdText.format(head, text, 0));
            headOf = head;
        }
        return IdText.hashWith(headState, (byte) ('0' + (id - head * 10)));
    }

    @Override
    public int compare(int a, int b) {
        return Long.compare(longId(a), longId(b));
    }

    @Override
    public int[] sorted() {
        long[] inOrder = Arrays.copyOf(keys, hashed);
        Arrays.sort(inOrder);
        int[] numbers = new int[count()];
        int at = 0;
        int key = 0;
        while (key < hashed && inOrder[key] < 0) {
            numbers[at++] = find(inOrder[key++]);
        }
        // Hashed ids that are not negative are above those that are their own numbers.
        for (int i = 0; i < (own + 63) >>> 6; i++) {
            for (long bits = present[i]; bits != 0; bits &= bits - 1) {
                numbers[at++] = (i << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        while (key < hashed) {
            numbers[at++] = find(inOrder[key++]);
        }
        return numbers;
    }

    @Override
    public LongIdSet reordered(int[] order) {
        long[] other = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            other[i] = longId(order[i]);
        }
        return new LongIdSet(other, other.length);
    }

    @Override
    public void write(MessageWriter out, int[] order, int from, int to) throws IOException {
        long[] piece = new long[Math.min(PIECE, to - from)];
        for (int at = from; at < to; at += PIECE) {
            int count = Math.min(PIECE, to - at);
            for (int i = 0; i < count; i++) {
                piece[i] = longId(order[at + i]);
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
        if (own > 0) {
            throw new IllegalStateException("ids that are their own numbers are for loading only");
        }
        out.writeLongs(keys, hashed);
    }

    /** Reads a set of that size that was {@link #save saved}. */
    static LongIdSet restore(ArrayInput in, int size) throws IOException {
        LongIdSet ids = new LongIdSet(in.readLongs(new long[size]), 0);
        ids.table = new int[tableSize(size)];
        for (int i = 0; i < size; i++) {
            // Its own place in the array: nothing is moved.
            if (ids.addHashed(ids.keys[i]) != i) {
                in.check(false, "id %d twice", ids.keys[i]);
            }
        }
        return ids;
    }

    /** The same ids with the same numbers, as text. */
    public TextIdSet toText() {
        TextIdSet other = new TextIdSet();
        for (int i = 0; i < size(); i++) {
            if (has(i)) {
                other.add(text, 0, IdText.format(longId(i), text, 0));
            } else {
                other.skip();
            }
        }
        return other;
    }

    /** Makes the table if there is none: who never looks an id up does not pay for it. */
    private void index() {
        if (table.length == 0) {
            rehash(tableSize(Math.max(hashed, LEAST)));
        }
    }

    private void rehash(int length) {
        int[] wider = new int[length];
        int mask = wider.length - 1;
        for (int i = 0; i < hashed; i++) {
            int place = (int) IdText.mix(keys[i]) & mask;
            while (wider[place] != 0) {
                place = (place + 1) & mask;
            }
            wider[place] = i + 1;
        }
        table = wider;
    }
}
