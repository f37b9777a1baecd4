package io.valiant.graph.engine;

/** Those of a task's vertices that have a neighbour in another task, in order. Never changed. */
final class Boundary {
    /** Dense numbers, ascending. */
    final int[] vertices;

    /** Which vertices these are, up to the last of them. */
    private final long[] bits;

    /** How many there are before each word of {@link #bits}: so one that was sent is found in two looks. */
    private final int[] before;

    Boundary(int[] vertices) {
        this.vertices = vertices;
        int words = vertices.length == 0 ? 0 : (vertices[vertices.length - 1] >>> 6) + 1;
        this.bits = new long[words];
        this.before = new int[words];
        for (int vertex : vertices) {
            bits[vertex >>> 6] |= 1L << vertex;
        }
        int count = 0;
        for (int w = 0; w < words; w++) {
            before[w] = count;
            count += Long.bitCount(bits[w]);
        }
    }

    /** How many there are. */
    int size() {
        return vertices.length;
    }

    /** The place of a vertex, or -1 for one that is not in it. */
    int place(int vertex) {
        int w = vertex >>> 6;
        if (w >= bits.length || (bits[w] >>> vertex & 1) == 0) {
            return -1;
        }
        return before[w] + Long.bitCount(bits[w] & (1L << vertex) - 1);
    }
}
