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
            IntLoops.countFirsts(stage.pairs(p), stage.pieceSize(p), start);
        }
        IntLoops.addUp(start);
        int[] next = start.clone();
        int[] target = new int[edges];
        double[] weight = weighted ? new double[edges] : null;
        for (int p = 0; p < stage.pieces(); p++) {
            takePlaces(stage.pairs(p), stage.pieceSize(p), next);
            writeTargets(stage.pairs(p), stage.pieceSize(p), target);
            if (weighted) {
                writeWeights(stage.pairs(p), stage.weights(p), stage.pieceSize(p), weight);
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

    private static void writeTargets(int[] pairs, int count, int[] target) {
        for (int i = 0; i < count; i++) {
            target[pairs[2 * i]] = pairs[2 * i + 1];
        }
    }

    private static void writeWeights(int[] pairs, double[] weights, int count, double[] weight) {
        for (int i = 0; i < count; i++) {
            weight[pairs[2 * i]] = weights[i];
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
        return IntLoops.full(start);
    }

    /** The distinct targets, ascending; {@code index} (zeros, as long as the range of targets) is set to their places. */
    int[] distinctTargets(int[] index) {
        return IntLoops.marked(index, IntLoops.mark(target, index));
    }
}
