package io.valiant.graph.engine;

import java.util.Arrays;

/**
 * Where the ids that a parser has met live: for each the task that owns it and its dense number there. Both in one int where
 * that has room for them, so that an edge is resolved by looking at two places.
 */
final class Places {
    /** Who owns the id, in the bits above {@link #bits}, and its number in those below; only that if there are no such bits. */
    private final int[] place;

    private final int bits;
    /** By id; null where {@link #place} tells it. */
    private final int[] owner;

    private final int mask;
    private boolean missing;

    /**
     * Nothing is known yet.
     *
     * @param ids all numbers of ids are below it
     * @param greatest no dense number will be above it
     */
    Places(int ids, int tasks, int greatest) {
        int wanted = Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
        boolean packed = (long) tasks << wanted <= 1L << 31;
        this.bits = wanted;
        this.mask = packed ? (1 << wanted) - 1 : Integer.MAX_VALUE;
        this.place = new int[ids];
        this.owner = packed ? null : new int[ids];
        Arrays.fill(place, -1);
    }

    /** The ids {@code ids[from .. to)} have the numbers {@code numbers[from .. to)} with that task; below 0: that is no vertex. */
    void set(int[] ids, int from, int to, int task, int[] numbers) {
        for (int i = from; i < to; i++) {
            set(ids[i], task, numbers[i]);
        }
    }

    private void set(int id, int task, int number) {
        if (number < 0) {
            missing = true;
        } else if (owner == null) {
            place[id] = task << bits | number;
        } else {
            place[id] = number;
            owner[id] = task;
        }
    }

    /**
     * Turns ids into dense numbers, below 0 for those that are no vertices, and tells who owns each. A loop of its own, in which
     * nothing waits for anything: so the memory is asked for many places at once.
     */
    void resolve(int[] ids, int count, int[] owners) {
        for (int i = 0; i < count; i++) {
            int id = ids[i];
            int known = place[id];
            ids[i] = (known & mask) | (known >> 31);
            owners[i] = owner == null ? known >>> bits : owner[id];
        }
    }

    /** Whether an id that was set is no vertex. */
    boolean isMissingSome() {
        return missing;
    }

    /** By id: below 0 for those that are no vertices. */
    int[] known() {
        return place;
    }
}
