package io.valiant.graph.engine;

import java.util.Arrays;

/**
 * The edges from one task's vertices to one task's vertices, in both orders. Sources are numbered within the segment
 * ({@code 0 .. sources()}), ascending with their dense numbers; targets likewise. Never changed once made.
 */
final class Segment {
    private static final int PIECE_EDGES = 1 << 16;

    /** Dense number, with the task that owns it, of each target; ascending. */
    final int[] targets;
    /** The edges of source s are {@code rowTarget[rowStart[s] .. rowStart[s + 1])}. */
    final int[] rowStart;

    final int[] rowTarget;
    /** Weights in the order of rows, or null. */
    final double[] rowWeight;
    /** The edges to target t are {@code columnSource[columnStart[t] .. columnStart[t + 1])}, sources ascending. */
    final int[] columnStart;

    final int[] columnSource;
    /** Weights in the order of columns, or null. */
    final double[] columnWeight;
    /**
     * Pieces for threads: targets {@code cuts[i] .. cuts[i + 1])} have about {@value #PIECE_EDGES} edges, and each piece begins at a
     * multiple of 64, so that no two share a word of a bitmap.
     */
    final int[] cuts;

    private Segment(int[] targets, Rows rows, int[] columnStart, int[] columnSource, double[] columnWeight) {
        this.targets = targets;
        this.rowStart = rows.start();
        this.rowTarget = rows.target();
        this.rowWeight = rows.weight();
        this.columnStart = columnStart;
        this.columnSource = columnSource;
        this.columnWeight = columnWeight;
        this.cuts = cuts(columnStart);
    }

    private static int[] cuts(int[] columnStart) {
        int targets = columnStart.length - 1;
        int[] cuts = new int[columnStart[targets] / PIECE_EDGES + 2];
        int count = 0;
        for (int t = 64; t < targets; t += 64) {
            if (columnStart[t] - columnStart[cuts[count]] >= PIECE_EDGES) {
                cuts[++count] = t;
            }
        }
        if (targets > 0) {
            cuts[++count] = targets;
        }
        return Arrays.copyOf(cuts, count + 1);
    }

    /** How many pieces there are. */
    int pieces() {
        return cuts.length - 1;
    }

    /**
     * Makes a segment of rows whose targets are dense numbers below {@code targetRange}; the rows' arrays become part of it
     * and their targets are renumbered.
     */
    static Segment of(Rows rows, int targetRange) {
        int[] index = new int[targetRange];
        int[] targets = rows.distinctTargets(index);
        int[] target = rows.target();
        for (int e = 0; e < target.length; e++) {
            target[e] = index[target[e]];
        }
        return of(targets, rows);
    }

    /** Makes a segment of rows whose targets are places in {@code targets} already. */
    static Segment of(int[] targets, Rows rows) {
        int edges = rows.edges();
        int[] columnStart = new int[targets.length + 1];
        for (int t : rows.target()) {
            columnStart[t + 1]++;
        }
        for (int t = 0; t < targets.length; t++) {
            columnStart[t + 1] += columnStart[t];
        }
        int[] columnSource = new int[edges];
        double[] columnWeight = rows.weight() == null ? null : new double[edges];
        transpose(rows, columnStart.clone(), columnSource, columnWeight);
        return new Segment(targets, rows, columnStart, columnSource, columnWeight);
    }

    private static void transpose(Rows rows, int[] next, int[] columnSource, double[] columnWeight) {
        int[] start = rows.start();
        int[] target = rows.target();
        double[] weight = rows.weight();
        for (int s = 0; s + 1 < start.length; s++) {
            for (int e = start[s]; e < start[s + 1]; e++) {
                int at = next[target[e]]++;
                columnSource[at] = s;
                if (weight != null) {
                    columnWeight[at] = weight[e];
                }
            }
        }
    }

    int sources() {
        return rowStart.length - 1;
    }

    int edges() {
        return rowTarget.length;
    }
}
