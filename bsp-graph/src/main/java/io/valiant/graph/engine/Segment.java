package io.valiant.graph.engine;

import java.util.Arrays;

/**
 * The edges from one task's vertices to one task's vertices, in both orders. Sources are numbered within the segment
 * ({@code 0 .. sources()}), ascending with their dense numbers; targets likewise. Never changed once made.
 */
final class Segment {
    private static final int PIECE_EDGES = 1 << 16;
    private static final int BLOCK = 1 << 12;

    /** Dense number, with the task that owns it, of each target; ascending. */
    final int[] targets;
    /** The edges of source s are {@code rowTarget[rowStart[s] .. rowStart[s + 1])}. */
    final int[] rowStart;

    final int[] rowTarget;
    /** Weights in the order of rows, or null. */
    final double[] rowWeight;
    /**
     * The edges to target t are {@code columnSource[columnStart[t] .. columnStart[t + 1])}, sources ascending; where weights were
     * to ascend, only among those of one weight.
     */
    final int[] columnStart;

    final int[] columnSource;
    /** Weights in the order of columns, or null. */
    final double[] columnWeight;
    /** Whether the weights of each column ascend, which is so too where there are none. */
    final boolean ascending;
    /**
     * Pieces for threads: targets {@code cuts[i] .. cuts[i + 1])} have about {@value #PIECE_EDGES} edges, and each piece begins at a
     * multiple of 64, so that no two share a word of a bitmap.
     */
    final int[] cuts;

    /** Other pieces of that size: each begins where the targets' dense numbers begin a new word of a bitmap. */
    final int[] wordCuts;

    private Segment(
            int[] targets, Rows rows, int[] columnStart, int[] columnSource, double[] columnWeight, boolean ascending) {
        this.targets = targets;
        this.rowStart = rows.start();
        this.rowTarget = rows.target();
        this.rowWeight = rows.weight();
        this.columnStart = columnStart;
        this.columnSource = columnSource;
        this.columnWeight = columnWeight;
        this.ascending = ascending;
        this.cuts = cuts(columnStart);
        this.wordCuts = wordCuts(targets, columnStart);
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

    private static int[] wordCuts(int[] targets, int[] columnStart) {
        int[] cuts = new int[columnStart[targets.length] / PIECE_EDGES + 2];
        int count = 0;
        int next = 0;
        while (next < targets.length) {
            int end = (int) Math.min(Integer.MAX_VALUE, (long) columnStart[next] + PIECE_EDGES);
            int t = firstAbove(columnStart, next, end);
            while (t < targets.length && targets[t] >>> 6 == targets[t - 1] >>> 6) {
                t++;
            }
            next = Math.min(t, targets.length);
            cuts[++count] = next;
        }
        return Arrays.copyOf(cuts, count + 1);
    }

    /** The first place behind {@code from} whose run begins at {@code start} or later; the last place where none does. */
    private static int firstAbove(int[] columnStart, int from, int start) {
        int place = Arrays.binarySearch(columnStart, from + 1, columnStart.length, start);
        return Math.min(place >= 0 ? place : -place - 1, columnStart.length - 1);
    }

    /** How many pieces there are by {@link #wordCuts}. */
    int wordPieces() {
        return wordCuts.length - 1;
    }

    /** How many pieces there are. */
    int pieces() {
        return cuts.length - 1;
    }

    /**
     * Makes a segment of rows whose targets are dense numbers below {@code targetRange}; the rows' arrays become part of it
     * and their targets are renumbered. {@code ascending}: whether the weights of each column are to ascend.
     */
    static Segment of(Rows rows, int targetRange, boolean ascending) {
        int[] index = new int[targetRange];
        int[] targets = rows.distinctTargets(index);
        IntLoops.replace(rows.target(), index);
        return of(targets, rows, ascending);
    }

    /** Makes a segment of rows whose targets are places in {@code targets} already. */
    static Segment of(int[] targets, Rows rows, boolean ascending) {
        int edges = rows.edges();
        int[] columnStart = new int[targets.length + 1];
        IntLoops.count(rows.target(), columnStart);
        IntLoops.addUp(columnStart);
        int[] columnSource = new int[edges];
        double[] columnWeight = rows.weight() == null ? null : new double[edges];
        if (ascending && columnWeight != null) {
            AscendingColumns.fill(rows, columnStart, columnSource, columnWeight);
        } else {
            transpose(rows, columnStart.clone(), columnSource, columnWeight);
        }
        return new Segment(targets, rows, columnStart, columnSource, columnWeight, ascending || columnWeight == null);
    }

    /** In blocks: first the places of all edges of a block, then what is written there; neither has to wait for the other. */
    static void transpose(Rows rows, int[] next, int[] columnSource, double[] columnWeight) {
        int[] target = rows.target();
        int[] place = new int[Math.min(BLOCK, target.length)];
        int source = 0;
        for (int from = 0, count; from < target.length; from += count) {
            count = Math.min(BLOCK, target.length - from);
            takePlaces(target, from, count, next, place);
            source = writeSources(rows.start(), source, from, count, place, columnSource);
            if (columnWeight != null) {
                writeWeights(rows.weight(), from, count, place, columnWeight);
            }
        }
    }

    private static void takePlaces(int[] target, int from, int count, int[] next, int[] place) {
        for (int i = 0; i < count; i++) {
            place[i] = next[target[from + i]]++;
        }
    }

    private static void writeWeights(double[] weight, int from, int count, int[] place, double[] columnWeight) {
        for (int i = 0; i < count; i++) {
            columnWeight[place[i]] = weight[from + i];
        }
    }

    /** Writes the sources of the edges from {@code from} on; {@code first} has the first of them, and who has the last is returned. */
    private static int writeSources(int[] start, int first, int from, int count, int[] place, int[] columnSource) {
        int source = first;
        for (int i = 0; i < count; source++) {
            for (int end = Math.min(count, start[source + 1] - from); i < end; i++) {
                columnSource[place[i]] = source;
            }
        }
        return source - 1;
    }

    int sources() {
        return rowStart.length - 1;
    }

    int edges() {
        return rowTarget.length;
    }
}
