package io.valiant.graph.engine;

import java.util.Arrays;

/** Sorting by descending degree: hot vertices lie together, so gathers meet them in the cache. */
final class DegreeOrder {
    /** Degrees above this are sorted by comparing; there are few of them. */
    private static final int COUNTED = 1 << 16;

    private DegreeOrder() {}

    /** Vertices by descending degree, those of equal degree in the order given. */
    static int[] of(int[] vertices, int[] degree) {
        int[] start = new int[COUNTED + 2];
        int large = count(vertices, degree, start);
        start[0] = large;
        IntLoops.addUp(start);
        int[] order = new int[vertices.length];
        long[] largest = new long[large];
        sort(vertices, degree, start, order, largest);
        Arrays.sort(largest);
        for (int i = 0; i < large; i++) {
            order[i] = vertices[(int) largest[i]];
        }
        return order;
    }

    /** Counts those of each degree, the greatest first, from the second place on; returns how many are above them all. */
    private static int count(int[] vertices, int[] degree, int[] start) {
        int large = 0;
        for (int v : vertices) {
            if (degree[v] > COUNTED) {
                large++;
            } else {
                start[COUNTED - degree[v] + 1]++;
            }
        }
        return large;
    }

    private static void sort(int[] vertices, int[] degree, int[] start, int[] order, long[] largest) {
        int at = 0;
        for (int i = 0; i < vertices.length; i++) {
            int v = vertices[i];
            if (degree[v] > COUNTED) {
                largest[at++] = (long) (Integer.MAX_VALUE - degree[v]) << 32 | i;
            } else {
                order[start[COUNTED - degree[v]]++] = v;
            }
        }
    }
}
