package io.valiant.graph.engine;

import io.valiant.graph.io.EdgeStage;
import io.valiant.graph.io.Growth;

/**
 * Compressed sparse rows: the edges of source s are {@code target[start[s] .. start[s + 1])}, in the order in which they came.
 *
 * @param start one more than there are sources
 * @param target dense numbers with the task that owns the targets
 * @param weight of each edge, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rows(int[] start, int[] target, double[] weight) {
    /** Sorts staged edges by source, stably; the stage's pieces are let go on the way. */
    static Rows of(EdgeStage stage, int sources, boolean weighted) {
        int edges = Growth.atLeast(0, stage.size()) == 0 ? 0 : (int) stage.size();
        int[] start = new int[sources + 1];
        for (int p = 0; p < stage.pieces(); p++) {
            int[] pairs = stage.pairs(p);
            for (int i = 0, end = 2 * stage.pieceSize(p); i < end; i += 2) {
                start[pairs[i] + 1]++;
            }
        }
        for (int s = 0; s < sources; s++) {
            start[s + 1] += start[s];
        }
        int[] next = start.clone();
        int[] target = new int[edges];
        double[] weight = weighted ? new double[edges] : null;
        for (int p = 0; p < stage.pieces(); p++) {
            int[] pairs = stage.pairs(p);
            double[] weights = stage.weights(p);
            int count = stage.pieceSize(p);
            takePlaces(pairs, count, next);
            for (int i = 0; i < count; i++) {
                target[pairs[2 * i]] = pairs[2 * i + 1];
            }
            for (int i = 0; weighted && i < count; i++) {
                weight[pairs[2 * i]] = weights[i];
            }
            stage.release(p);
        }
        return new Rows(start, target, weight);
    }

    /**
     * Turns the source of each pair into the place of its edge. Apart from the loop that writes there, in which writes would
     * have to wait for these places, and these for writes that might be to them.
     */
    private static void takePlaces(int[] pairs, int count, int[] next) {
        for (int i = 0; i < count; i++) {
            pairs[2 * i] = next[pairs[2 * i]]++;
        }
    }

    int sources() {
        return start.length - 1;
    }

    int edges() {
        return target.length;
    }

    /** The sources that have edges, ascending. */
    int[] boundary() {
        int count = 0;
        for (int s = 0; s < sources(); s++) {
            count += start[s + 1] > start[s] ? 1 : 0;
        }
        int[] boundary = new int[count];
        int at = 0;
        for (int s = 0; s < sources(); s++) {
            if (start[s + 1] > start[s]) {
                boundary[at++] = s;
            }
        }
        return boundary;
    }

    /** The distinct targets, ascending; {@code index} (zeros, as long as the range of targets) is set to their places. */
    int[] distinctTargets(int[] index) {
        int count = 0;
        for (int t : target) {
            count += 1 - index[t];
            index[t] = 1;
        }
        int[] distinct = new int[count];
        int at = 0;
        for (int t = 0; t < index.length; t++) {
            if (index[t] != 0) {
                index[t] = at;
                distinct[at++] = t;
            }
        }
        return distinct;
    }
}
