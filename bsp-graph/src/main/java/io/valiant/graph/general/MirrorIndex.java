package io.valiant.graph.general;

/**
 * All mirrors of a task, numbered by (sending task, slot there), and for each slot of this task those that lead to it, in that
 * order. Of no use when a mirror has changed.
 */
final class MirrorIndex {
    /** All mirrors must not have more targets. */
    static final int MOST_EDGES = Integer.MAX_VALUE - 8;

    private final Mirrors[] mirrors;

    /** By sending task: the number of its first mirror; one more at the end. */
    private final int[] first;

    /** By sending task and slot there: the number of its mirror, -1 where there is none. */
    private final int[][] number;

    /** By number: the source's slot. */
    private final int[] source;

    /** The mirrors that lead to slot s are {@code sources[start[s] .. start[s + 1])}; one more than that needs. */
    private final int[] start;

    private final int[] sources;

    /** Slots that a mirror leads to. */
    private final long[] reached;

    /** {@code slots}: of this task. */
    MirrorIndex(Mirrors[] mirrors, int slots) {
        this.mirrors = mirrors;
        int edges = 0;
        int count = 0;
        for (Mirrors all : mirrors) {
            edges += all.edges();
            for (int s = 0; s < all.slots(); s++) {
                count += all.count(s) > 0 ? 1 : 0;
            }
        }
        first = new int[mirrors.length + 1];
        number = new int[mirrors.length][];
        source = new int[count];
        start = new int[slots + 2];
        sources = new int[edges];
        reached = new long[(slots + 63) >>> 6];
        giveNumbers();
        countTargets();
        place();
    }

    private void giveNumbers() {
        int next = 0;
        for (int task = 0; task < mirrors.length; task++) {
            Mirrors of = mirrors[task];
            number[task] = new int[of.slots()];
            for (int s = 0; s < of.slots(); s++) {
                number[task][s] = of.count(s) > 0 ? next : -1;
                if (of.count(s) > 0) {
                    source[next++] = s;
                }
            }
            first[task + 1] = next;
        }
    }

    /** Two places behind, so that placing one behind leaves each beginning where it should be. */
    private void countTargets() {
        for (Mirrors of : mirrors) {
            int[] targets = of.targets();
            for (int s = 0; s < of.slots(); s++) {
                for (int i = of.begin(s), end = i + of.count(s); i < end; i++) {
                    start[targets[i] + 2]++;
                    reached[targets[i] >>> 6] |= 1L << targets[i];
                }
            }
        }
        for (int s = 2; s < start.length; s++) {
            start[s] += start[s - 1];
        }
    }

    private void place() {
        for (int task = 0; task < mirrors.length; task++) {
            int[] targets = mirrors[task].targets();
            for (int n = first[task]; n < first[task + 1]; n++) {
                int from = mirrors[task].begin(source[n]);
                for (int i = from, end = from + mirrors[task].count(source[n]); i < end; i++) {
                    sources[start[targets[i] + 1]++] = n;
                }
            }
        }
    }

    /** How many mirrors there are. */
    int size() {
        return source.length;
    }

    /** The number of a mirror that there is. */
    int number(int task, int slot) {
        return number[task][slot];
    }

    /** Where the mirrors that lead to a slot begin in {@link #sources}. */
    int begin(int slot) {
        return slot < start.length - 2 ? start[slot] : 0;
    }

    int stop(int slot) {
        return slot < start.length - 2 ? start[slot + 1] : 0;
    }

    int[] sources() {
        return sources;
    }

    /** The bitmap of slots that a mirror leads to. */
    long[] reached() {
        return reached;
    }
}
