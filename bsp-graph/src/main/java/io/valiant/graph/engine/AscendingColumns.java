package io.valiant.graph.engine;

import java.util.Arrays;

/**
 * Columns of a {@link Segment} with ascending weights, and sources ascending among those of one weight. Where all weights are
 * small whole numbers, edges are first brought to blocks of columns, then sorted by weight within each, then brought to their
 * columns: for most blocks the last two stay within what a processor keeps near, so that it is sooner done than bringing edges to
 * their columns at once. Else each column is sorted for itself. Weights are finite. Takes 8 bytes for each edge and each edge of
 * the longest block while it lasts, or 12 for each of the longest column.
 */
final class AscendingColumns {
    /** Weights and places of columns within their block take so many bits of an edge at most; its source takes the upper half. */
    private static final int BITS = 16;

    private static final int MASK = (1 << BITS) - 1;
    /** So many blocks are written to at once without waiting; more columns lie in larger blocks, while they can. */
    private static final int BLOCK_BITS = 8;

    /** Runs up to so long are sorted by insertion. */
    private static final int RUN = 16;

    private AscendingColumns() {}

    /** Fills columns that begin at {@code start} with the edges of rows that have weights. */
    static void fill(Rows rows, int[] start, int[] source, double[] weight) {
        int columns = start.length - 1;
        int bits = Math.min(Math.max(10, Integer.SIZE - Integer.numberOfLeadingZeros(columns) - BLOCK_BITS), BITS);
        int[] cuts = new int[(columns >>> bits) + 2];
        for (int b = 0; b < cuts.length; b++) {
            cuts[b] = start[Math.min(b << bits, columns)];
        }
        long[] edges = new long[rows.edges()];
        int seen = toBlocks(rows, bits, cuts.clone(), edges);
        if (seen < 0) {
            edges = null;
            Segment.transpose(rows, start.clone(), source, weight);
            sortColumns(start, source, weight);
            return;
        }
        long[] sorted = new long[longest(cuts)];
        int[] count = new int[seen + 2];
        int[] next = start.clone();
        for (int b = 0; b < cuts.length - 1; b++) {
            sortBlock(edges, cuts[b], cuts[b + 1], count, sorted);
            place(sorted, cuts[b + 1] - cuts[b], b << bits, next, source, weight);
        }
    }

    /**
     * Brings edges to their blocks, in the order of their sources. Returns all bits of their weights, which make a number not below
     * the greatest; -1 where a weight is not small and whole.
     */
    private static int toBlocks(Rows rows, int bits, int[] next, long[] edges) {
        int[] start = rows.start();
        int[] target = rows.target();
        double[] weight = rows.weight();
        int low = (1 << bits) - 1;
        int seen = 0;
        for (int s = 0; s < start.length - 1; s++) {
            for (int e = start[s], end = start[s + 1]; e < end; e++) {
                int w = (int) weight[e];
                // -0.0 would come out as 0.0
                if (Double.doubleToRawLongBits(w) != Double.doubleToRawLongBits(weight[e])) {
                    return -1;
                }
                seen |= w;
                edges[next[target[e] >>> bits]++] = (long) s << Integer.SIZE | (long) w << BITS | (target[e] & low);
            }
            if ((seen & MASK) != seen) {
                return -1;
            }
        }
        return seen;
    }

    private static void sortBlock(long[] edges, int begin, int end, int[] count, long[] sorted) {
        Arrays.fill(count, 0);
        for (int i = begin; i < end; i++) {
            count[weight(edges[i]) + 1]++;
        }
        IntLoops.addUp(count);
        for (int i = begin; i < end; i++) {
            sorted[count[weight(edges[i])]++] = edges[i];
        }
    }

    private static int weight(long edge) {
        return (int) edge >>> BITS;
    }

    private static void place(long[] sorted, int edges, int column, int[] next, int[] source, double[] weight) {
        for (int i = 0; i < edges; i++) {
            int at = next[column + ((int) sorted[i] & MASK)]++;
            source[at] = (int) (sorted[i] >>> Integer.SIZE);
            weight[at] = weight(sorted[i]);
        }
    }

    /** The length of the longest of these runs. */
    private static int longest(int[] start) {
        int longest = 0;
        for (int t = 1; t < start.length; t++) {
            longest = Math.max(longest, start[t] - start[t - 1]);
        }
        return longest;
    }

    private static void sortColumns(int[] start, int[] source, double[] weight) {
        int longest = longest(start);
        int[] otherSource = new int[longest];
        double[] otherWeight = new double[longest];
        for (int t = 1; t < start.length; t++) {
            sort(source, weight, start[t - 1], start[t], otherSource, otherWeight);
        }
    }

    /** Short runs by insertion, longer ones of two halves: stable, and no column takes its square. */
    private static void sort(
            int[] source, double[] weight, int begin, int end, int[] otherSource, double[] otherWeight) {
        if (end - begin <= RUN) {
            insert(source, weight, begin, end);
            return;
        }
        int middle = (begin + end) >>> 1;
        sort(source, weight, begin, middle, otherSource, otherWeight);
        sort(source, weight, middle, end, otherSource, otherWeight);
        merge(source, weight, begin, middle, end, otherSource, otherWeight);
    }

    private static void insert(int[] source, double[] weight, int begin, int end) {
        for (int e = begin + 1; e < end; e++) {
            int s = source[e];
            double w = weight[e];
            int at = e;
            while (at > begin && weight[at - 1] > w) {
                source[at] = source[at - 1];
                weight[at] = weight[at - 1];
                at--;
            }
            source[at] = s;
            weight[at] = w;
        }
    }

    /** The first run is copied; nothing is done where the second goes on where it ends. */
    private static void merge(
            int[] source, double[] weight, int begin, int middle, int end, int[] firstSource, double[] firstWeight) {
        if (weight[middle - 1] <= weight[middle]) {
            return;
        }
        int length = middle - begin;
        System.arraycopy(source, begin, firstSource, 0, length);
        System.arraycopy(weight, begin, firstWeight, 0, length);
        int first = 0;
        int second = middle;
        for (int to = begin; first < length; to++) {
            if (second < end && weight[second] < firstWeight[first]) {
                source[to] = source[second];
                weight[to] = weight[second++];
            } else {
                source[to] = firstSource[first];
                weight[to] = firstWeight[first++];
            }
        }
    }
}
