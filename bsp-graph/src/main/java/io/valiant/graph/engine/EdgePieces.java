package io.valiant.graph.engine;

import io.valiant.graph.io.EdgeStage;
import java.util.ArrayList;
import java.util.List;

/** Arrays for edges, used again: what parsers filled becomes what is received. One thread. */
final class EdgePieces {
    /** Arrays that wait to be given out again: some MB. */
    private static final int MOST_KEPT = 128;

    private final boolean weighted;
    private final List<int[]> pairs = new ArrayList<>();
    private final List<double[]> weights = new ArrayList<>();

    EdgePieces(boolean weighted) {
        this.weighted = weighted;
    }

    /** An array for the pairs of so many edges, of any contents. */
    int[] pairs(int edges) {
        boolean kept = edges == EdgeStage.PIECE && !pairs.isEmpty();
        return kept ? pairs.remove(pairs.size() - 1) : new int[2 * edges];
    }

    /** An array for the weights of so many edges, of any contents; null if edges have none. */
    double[] weights(int edges) {
        if (!weighted) {
            return null;
        }
        boolean kept = edges == EdgeStage.PIECE && !weights.isEmpty();
        return kept ? weights.remove(weights.size() - 1) : new double[edges];
    }

    /** Lets a piece of a stage go; its arrays may be given out again. */
    void giveBack(EdgeStage stage, int piece) {
        if (pairs.size() < MOST_KEPT && stage.pairs(piece).length == 2 * EdgeStage.PIECE) {
            pairs.add(stage.pairs(piece));
            if (weighted) {
                weights.add(stage.weights(piece));
            }
        }
        stage.release(piece);
    }
}
