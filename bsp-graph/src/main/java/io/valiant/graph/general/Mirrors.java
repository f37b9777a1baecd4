package io.valiant.graph.general;

import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.Growth;
import java.io.IOException;
import java.util.Arrays;

/**
 * The mirrors of one sending task's vertices in this task: for the slot of each such vertex, there, the slots of its neighbours
 * here, in the order of its edges. So what a vertex sends to all its neighbours need not name them again. A vertex whose edges
 * have changed is given another mirror before it sends by it.
 */
final class Mirrors {
    private static final int LEAST_WASTE = 1 << 16;

    /** Targets lie in blocks of that many, the first in smaller ones, each twice as long as the one before. */
    private static final int BLOCK_SHIFT = 16;

    private static final int BLOCK = 1 << BLOCK_SHIFT;
    private static final int FIRST_BLOCK_SHIFT = 10;

    /** A longer mirror that does not fit has a block to itself, so that no more than a quarter of one is lost at its end. */
    private static final int MOST_SHARED = BLOCK / 4;

    /** By the source's slot: where its targets begin, and how many there are; 0 where it has no mirror. */
    private int[] begin = new int[0];

    private int[] count = new int[0];
    private int slots;
    private int[][] blocks = new int[4][];
    private int blockCount;

    /** Where the next mirror may begin in the block that is filled now, and how much room it has there. */
    private int next;

    private int room;
    private long used;
    private long wasted;

    /** Slots below this may have mirrors. */
    int slots() {
        return slots;
    }

    /** How many targets all mirrors have. */
    long edges() {
        return used - wasted;
    }

    /** How many targets the mirror of a slot has; 0 if there is none. */
    int count(int source) {
        return source >= 0 && source < slots ? count[source] : 0;
    }

    /** The array in which its targets lie, valid until the next {@link #put}. */
    int[] targets(int source) {
        return blocks[begin[source] >>> BLOCK_SHIFT];
    }

    /** Where its targets begin there. */
    int begin(int source) {
        return begin[source] & (BLOCK - 1);
    }

    /** Makes or replaces a mirror. */
    void put(int source, int[] to, int many) {
        if (source >= count.length) {
            int wider = Growth.atLeast(count.length, source + 1L);
            begin = Arrays.copyOf(begin, wider);
            count = Arrays.copyOf(count, wider);
        }
        slots = Math.max(slots, source + 1);
        wasted += count[source];
        if (many > count[source]) {
            count[source] = 0;
            if (wasted > LEAST_WASTE && wasted > used / 2) {
                writeAnew();
            }
            begin[source] = reserve(many);
            used += many;
        } else {
            wasted -= many;
        }
        count[source] = many;
        if (many > 0) {
            System.arraycopy(to, 0, targets(source), begin(source), many);
        }
    }

    /** Room for so many targets; where they begin. What is left of a block is lost where they do not fit and need no block to themselves. */
    private int reserve(int many) {
        if (many > room) {
            if (many > MOST_SHARED) {
                return append(new int[many]);
            }
            int shift = Math.min(FIRST_BLOCK_SHIFT + blockCount, BLOCK_SHIFT);
            int length = Math.max(many, 1 << shift);
            next = append(new int[length]);
            room = length;
        }
        int at = next;
        next += many;
        room -= many;
        return at;
    }

    private int append(int[] block) {
        if (blockCount == BLOCK) {
            throw new OutOfMemoryError("one task cannot hold the mirrors of so many edges; use more tasks");
        }
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, Growth.next(blockCount));
        }
        blocks[blockCount] = block;
        return blockCount++ << BLOCK_SHIFT;
    }

    private void writeAnew() {
        int[][] old = blocks;
        blocks = new int[4][];
        blockCount = 0;
        room = 0;
        used = 0;
        wasted = 0;
        for (int s = 0; s < slots; s++) {
            if (count[s] > 0) {
                int[] from = old[begin[s] >>> BLOCK_SHIFT];
                int at = begin(s);
                begin[s] = reserve(count[s]);
                System.arraycopy(from, at, targets(s), begin(s), count[s]);
                used += count[s];
            }
        }
    }

    void save(ArrayOutput out) throws IOException {
        out.writeInt(slots);
        out.writeInts(count, slots);
        int[] copy = new int[16];
        for (int s = 0; s < slots; s++) {
            if (count[s] > copy.length) {
                copy = new int[Growth.atLeast(copy.length, count[s])];
            }
            if (count[s] > 0) {
                System.arraycopy(targets(s), begin(s), copy, 0, count[s]);
            }
            out.writeInts(copy, count[s]);
        }
    }

    /** Reads what was {@link #save saved}; all targets must be below {@code slots}. */
    static Mirrors restore(ArrayInput in, int slots) throws IOException {
        Mirrors mirrors = new Mirrors();
        int[] counts = in.readInts(new int[in.readCount("slots with mirrors", Integer.MAX_VALUE - 8)]);
        long all = 0;
        for (int many : counts) {
            all += many;
            in.check(many >= 0 && all < Integer.MAX_VALUE, "a mirror of %d targets", many);
        }
        for (int s = 0; s < counts.length; s++) {
            int[] to = in.readInts(new int[counts[s]]);
            for (int target : to) {
                in.check(target >= 0 && target < slots, "a mirror to slot %d of %d", target, slots);
            }
            mirrors.put(s, to, to.length);
        }
        return mirrors;
    }
}
