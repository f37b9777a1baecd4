package io.valiant.graph.io;

import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Distinct ids, each with a number. They are numbered from 0 in the order in which they were added, unless a set of longs was
 * {@link LongIdSet#LongIdSet(int) told} to take small ids for their own numbers: then not every number below {@link #size()}
 * has an id. No object for an id. Not thread safe.
 */
public abstract sealed class IdSet permits LongIdSet, TextIdSet {
    /** Ids that travel in one piece. */
    static final int PIECE = 4096;

    /** How many ids a set can have at most: two thirds of the greatest table. */
    public static final int MOST = (1 << 30) / 3 * 2;

    /** An empty set of that form. */
    public static IdSet of(IdForm form) {
        return form == IdForm.LONG ? new LongIdSet() : new TextIdSet();
    }

    public abstract IdForm form();

    /** All numbers are below it; how many ids there are, unless some numbers have none. */
    public abstract int size();

    /** How many ids there are. */
    public abstract int count();

    /** Whether a number below {@link #size()} has an id. Nothing else may be asked of one that has none. */
    public abstract boolean has(int number);

    /** The number of that text, which is new if it was not there. In LONG form it must be a canonical long. */
    public abstract int add(byte[] bytes, int from, int to);

    /** The number of that text, or -1. */
    public abstract int find(byte[] bytes, int from, int to);

    /** Writes the text of an id to a buffer with room for {@link #textLength} bytes and returns where it ended. */
    public abstract int copyText(int number, byte[] into, int at);

    /** An upper bound of the bytes of an id's text. */
    public abstract int textLength(int number);

    /** The id as a number; IllegalStateException in TEXT form. */
    public abstract long longId(int number);

    /** {@link IdText#hash} of an id. */
    public abstract long hash(int number);

    /** Compares two ids of this set in the order of ids. */
    public abstract int compare(int a, int b);

    /** The numbers in the order of their ids. */
    public abstract int[] sorted();

    /** A new set in which {@code order[i]} has the number i, as far as these are distinct; one that comes again gets none. */
    public abstract IdSet reordered(int[] order);

    /** Writes the ids {@code order[from .. to)}; a reader must be told how many. */
    public abstract void write(MessageWriter out, int[] order, int from, int to) throws IOException;

    /** Adds {@code count} ids that another set wrote. */
    public abstract void readAndAdd(MessageReader in, int count) throws IOException;

    /** Finds {@code count} ids that another set wrote: their numbers here, or -1. */
    public abstract int[] readAndFind(MessageReader in, int count) throws IOException;

    /** Writes all ids, by number. */
    public abstract void save(ArrayOutput out) throws IOException;

    /** Reads a set of that form and size that was {@link #save saved}. */
    public static IdSet restore(IdForm form, ArrayInput in, int size) throws IOException {
        return form == IdForm.LONG ? LongIdSet.restore(in, size) : TextIdSet.restore(in, size);
    }

    /** The id as text. */
    public final String text(int number) {
        byte[] bytes = new byte[textLength(number)];
        return new String(bytes, 0, copyText(number, bytes, 0), StandardCharsets.UTF_8);
    }

    /** A table size that keeps that many entries under two thirds. */
    static int tableSize(int entries) {
        long wanted = Math.max(16, entries * 3L / 2);
        return (int) Math.min(1L << 30, Long.highestOneBit(wanted - 1) << 1);
    }
}
