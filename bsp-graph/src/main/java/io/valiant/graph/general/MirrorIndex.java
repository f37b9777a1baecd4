package io.valiant.graph.general;

import java.util.Arrays;

/**
 * All mirrors of a task, numbered by (sending task, slot there), and for each slot of this task those that lead to it, in that
 * order. Of no use when a mirror has changed.
 *
 * <p>The mirrors that lead to a slot have <em>places</em> one behind the other, slot by slot. What is at the places is kept window by
 * window, and within a window by the mirrors' numbers: who goes through a window finds the mirrors in ascending order and writes to a
 * piece of memory that stays in a cache, instead of looking for each mirror anywhere. An <em>entry</em> is an int: its lower bits are a
 * place in the window, the upper ones how much the mirror's number is above that of the entry before. Where it is further above
 * than fits, entries lead there that are for the same place: who goes through all of them finds the right one last.
 */
final class MirrorIndex {
    /** A window has 2 to this of places at most. */
    private static final int MOST_BITS = 17;

    /** And 2 to this at least. */
    private static final int LEAST_BITS = 4;

    /** All mirrors must not have more targets: less than 2 to 31 by what an entry can be above the one before. */
    static final int MOST_EDGES = Integer.MAX_VALUE - (1 << (Integer.SIZE - MOST_BITS));

    /** There are so many windows at least, unless they would be too small: what seldom happens in large graphs happens in small ones. */
    private static final int LEAST_WINDOWS = 8;

    private static final int LOOKED_UP = 1 << 10;

    private final Mirrors[] mirrors;

    /** By sending task and slot there: the number of its mirror, if it has one. */
    private final int[][] number;

    /** By sending task: the number of its first mirror; one more, for how many there are. */
    private final int[] firstOf;

    /** The mirrors that lead to slot s have the places {@code [start[s] .. start[s + 1])}; one more than that needs. */
    private final int[] start;

    /** Places in a window: 2 to this. */
    private final int bits;

    /** By window: its entries. */
    private final int[][] entries;

    /** By window: how many entries it has. */
    private final int[] entryCount;

    /** By window, while entries are made: the number of the last. */
    private final int[] lastNumber;

    /** Where the targets looked at now have places. */
    private final int[] places = new int[LOOKED_UP];

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
        bits = Math.max(LEAST_BITS, Math.min(MOST_BITS, 63 - Long.numberOfLeadingZeros(edges / LEAST_WINDOWS | 1)));
        entries = room(Math.toIntExact(edges));
        entryCount = new int[entries.length];
        lastNumber = new int[entries.length];
        Arrays.fill(lastNumber, beforeFirst());
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
            reached[(s - 2) >>> 6] |= (long) (-start[s] >>> 31) << (s - 2);
            start[s] += start[s - 1];
        }
    }

    private void count(int[] targets, int from, int many) {
        for (int i = from; i < from + many; i++) {
            start[targets[i] + 2]++;
        }
    }

    /** As many entries as there are places, and those that lead from number to number at most. */
    private int[][] room(int places) {
        int[][] windows = new int[places == 0 ? 0 : window(places - 1) + 1][];
        for (int w = 0; w < windows.length; w++) {
            windows[w] = new int[Math.min(windowPlaces(), places - beginOf(w)) + 1 + size() / mostAbove()];
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
        for (int done = 0, some; done < many; done += some) {
            some = Math.min(LOOKED_UP, many - done);
            takePlaces(targets, from + done, some);
            for (int i = 0; i < some; i++) {
                enter(itsNumber, places[i]);
            }
        }
    }

    /**
     * In a loop that does nothing else: in one that enters as well a processor cannot tell whether what it reads next was just
     * written, and waits for each miss of its cache.
     */
    private void takePlaces(int[] targets, int from, int many) {
        for (int i = 0; i < many; i++) {
            places[i] = start[targets[from + i] + 1]++;
        }
    }

    private void enter(int itsNumber, int place) {
        int window = window(place);
        int above = itsNumber - lastNumber[window];
        lastNumber[window] = itsNumber;
        while (above > mostAbove()) {
            enter(window, mostAbove(), place);
            above -= mostAbove();
        }
        enter(window, above, place);
    }

    private void enter(int window, int above, int place) {
        entries[window][entryCount[window]++] = above << bits | placeInWindow(place);
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
    int window(int place) {
        return place >>> bits;
    }

    /** Which it is there. */
    int placeInWindow(int place) {
        return place & windowPlaces() - 1;
    }

    /** The first place of a window. */
    int beginOf(int window) {
        return window << bits;
    }

    /** How many places a window has, but for the last; a power of 2. */
    int windowPlaces() {
        return 1 << bits;
    }

    /** How many places a window has. */
    int placesIn(int window) {
        return Math.min(windowPlaces(), places() - beginOf(window));
    }

    /** The lower bits of an entry, which are the place. */
    int bits() {
        return bits;
    }

    /** The most that an entry's number is above that of the one before. */
    private int mostAbove() {
        return -1 >>> bits;
    }

    /** What the number of a window's first entry is above. Below 0, so that an entry leads to it in every window but those that begin with 0. */
    int beforeFirst() {
        return -mostAbove();
    }

    /** The entries of a window, of which {@link #entryCount} count. */
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
