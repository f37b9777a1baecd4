package io.valiant.graph.general;

import java.util.Arrays;

/**
 * All mirrors of a task, numbered by (sending task, slot there), and for each slot of this task those that lead to it, in that
 * order. Of no use when a mirror has changed.
 *
 * <p>The mirrors that lead to a slot have <em>places</em> one behind the other, slot by slot. What is at the places is kept window by window of
 * {@link #WINDOW} places, and within a window by the mirrors' numbers: who goes through a window finds the mirrors in ascending
 * order and writes to a piece of memory that stays in a cache, instead of looking for each mirror anywhere.
 */
final class MirrorIndex {
    /** All mirrors must not have more targets. */
    static final int MOST_EDGES = Integer.MAX_VALUE - 8;

    /** Places in a window. */
    static final int WINDOW = 1 << Entry.PLACE_BITS;

    /**
     * A mirror at a place of a window, in an int: how much its number is above that of the entry before, and the place. Where it is further above than
     * fits, entries lead there that are for the same place: who goes through all of them finds the right one last.
     */
    static final class Entry {
        private static final int PLACE_BITS = 17;
        private static final int MOST_ABOVE = (1 << (Integer.SIZE - PLACE_BITS)) - 1;

        private Entry() {}

        /** How much the mirror's number is above that of the entry before it in the window; of the first: above 0. */
        static int above(int entry) {
            return entry >>> PLACE_BITS;
        }

        /** The place, from the window's beginning. */
        static int place(int entry) {
            return entry & (WINDOW - 1);
        }
    }

    private final Mirrors[] mirrors;

    /** By sending task and slot there: the number of its mirror, if it has one. */
    private final int[][] number;

    /** By sending task: the number of its first mirror; one more, for how many there are. */
    private final int[] firstOf;

    /** The mirrors that lead to slot s have the places {@code start[s] .. start[s + 1]}; one more than that needs. */
    private final int[] start;

    /** By window: its entries. */
    private final int[][] entries;

    /** By window: how many entries it has, and while they are made the number of the last. */
    private final int[] entryCount;

    private final int[] lastNumber;

    /** Slots that a mirror leads to. */
    private final long[] reached;

    /** {@code slots}: of this task. */
    MirrorIndex(Mirrors[] mirrors, int slots) {
        this.mirrors = mirrors;
        long edges = 0;
        for (Mirrors of : mirrors) {
            edges += of.edges();
        }
        number = new int[mirrors.length][];
        firstOf = new int[mirrors.length + 1];
        start = new int[slots + 2];
        reached = new long[(slots + 63) >>> 6];
        giveNumbers();
        countTargets();
        entries = room(Math.toIntExact(edges), size());
        entryCount = new int[entries.length];
        lastNumber = new int[entries.length];
        place();
    }

    private void giveNumbers() {
        int next = 0;
        for (int task = 0; task < mirrors.length; task++) {
            firstOf[task] = next;
            number[task] = new int[mirrors[task].slots()];
            for (int s = 0; s < number[task].length; s++) {
                if (mirrors[task].count(s) > 0) {
                    number[task][s] = next++;
                }
            }
        }
        firstOf[mirrors.length] = next;
    }

    /** Two places behind, so that placing one behind leaves each beginning where it should be. */
    private void countTargets() {
        for (Mirrors of : mirrors) {
            for (int s = 0; s < of.slots(); s++) {
                if (of.count(s) > 0) {
                    count(of.targets(s), of.begin(s), of.count(s));
                }
            }
        }
        for (int s = 2; s < start.length; s++) {
            reached[(s - 2) >>> 6] |= start[s] > 0 ? 1L << (s - 2) : 0;
            start[s] += start[s - 1];
        }
    }

    private void count(int[] targets, int from, int many) {
        for (int i = from; i < from + many; i++) {
            start[targets[i] + 2]++;
        }
    }

    /** As many as there are places, and those that lead from number to number at most. */
    private static int[][] room(int places, int numbers) {
        int[][] windows = new int[(int) (((long) places + WINDOW - 1) / WINDOW)][];
        for (int w = 0; w < windows.length; w++) {
            windows[w] = new int[Math.min(WINDOW, places - w * WINDOW) + numbers / Entry.MOST_ABOVE];
        }
        return windows;
    }

    private void place() {
        for (int task = 0; task < mirrors.length; task++) {
            Mirrors of = mirrors[task];
            for (int s = 0; s < of.slots(); s++) {
                if (of.count(s) > 0) {
                    place(of.targets(s), of.begin(s), of.count(s), number[task][s]);
                }
            }
        }
    }

    private void place(int[] targets, int from, int many, int itsNumber) {
        for (int i = from; i < from + many; i++) {
            int place = start[targets[i] + 1]++;
            int window = place >>> Entry.PLACE_BITS;
            int above = itsNumber - lastNumber[window];
            lastNumber[window] = itsNumber;
            while (above > Entry.MOST_ABOVE) {
                enter(window, Entry.MOST_ABOVE, place);
                above -= Entry.MOST_ABOVE;
            }
            enter(window, above, place);
        }
    }

    private void enter(int window, int above, int place) {
        entries[window][entryCount[window]++] = above << Entry.PLACE_BITS | Entry.place(place);
    }

    /** How many mirrors there are. */
    int size() {
        return firstOf[mirrors.length];
    }

    /** The number of a mirror that there is. */
    int number(int task, int slot) {
        return number[task][slot];
    }

    /** The least number above this that is not of a vertex of the same task. */
    int endOfTask(int ofNumber) {
        int found = Arrays.binarySearch(firstOf, ofNumber + 1);
        // tasks without mirrors begin where the next one does
        return firstOf[found < 0 ? -found - 1 : found];
    }

    /** How many places there are in all. */
    int places() {
        return start[start.length - 2];
    }

    /** The first place of a slot. */
    int begin(int slot) {
        return slot < start.length - 2 ? start[slot] : 0;
    }

    int end(int slot) {
        return slot < start.length - 2 ? start[slot + 1] : 0;
    }

    /** The window in which a place is. */
    static int window(int place) {
        return place >>> Entry.PLACE_BITS;
    }

    /** Which it is there. */
    static int placeInWindow(int place) {
        return Entry.place(place);
    }

    /** The first place behind a window. */
    static int endOf(int window) {
        return (int) Math.min((window + 1L) << Entry.PLACE_BITS, Integer.MAX_VALUE);
    }

    /** How many places a window has. */
    int placesIn(int window) {
        return Math.min(WINDOW, places() - window * WINDOW);
    }

    /** Its {@link Entry entries}, of which {@link #entryCount} count. */
    int[] entries(int window) {
        return entries[window];
    }

    int entryCount(int window) {
        return entryCount[window];
    }

    /** The bitmap of slots that a mirror leads to. */
    long[] reached() {
        return reached;
    }
}
