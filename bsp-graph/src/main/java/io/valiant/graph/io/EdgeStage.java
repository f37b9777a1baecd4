package io.valiant.graph.io;

import java.util.ArrayList;
import java.util.List;

/** Edges as pairs of numbers, in pieces, so that they can be let go piece by piece. Used by one thread at a time. */
public final class EdgeStage {
    private static final int PIECE = 1 << 16;

    private final boolean weighted;
    private final List<int[]> pairs = new ArrayList<>();
    private final List<double[]> weights = new ArrayList<>();
    private long size;

    public EdgeStage(boolean weighted) {
        this.weighted = weighted;
    }

    /** Adds an edge; the weight counts only if this stage has weights. */
    public void add(int from, int to, double weight) {
        int at = (int) (size & (PIECE - 1));
        if (at == 0) {
            pairs.add(new int[2 * PIECE]);
            if (weighted) {
                weights.add(new double[PIECE]);
            }
        }
        int[] piece = pairs.get(pairs.size() - 1);
        piece[2 * at] = from;
        piece[2 * at + 1] = to;
        if (weighted) {
            weights.get(weights.size() - 1)[at] = weight;
        }
        size++;
    }

    public long size() {
        return size;
    }

    public int pieces() {
        return pairs.size();
    }

    /** How many edges a piece has. */
    public int pieceSize(int piece) {
        return (int) Math.min(PIECE, size - (long) piece * PIECE);
    }

    /** Source and target of each edge of a piece, one after the other. */
    public int[] pairs(int piece) {
        return pairs.get(piece);
    }

    /** The weights of a piece, or null. */
    public double[] weights(int piece) {
        return weighted ? weights.get(piece) : null;
    }

    /** Lets a piece go; it must not be asked for again. */
    public void release(int piece) {
        pairs.set(piece, null);
        if (weighted) {
            weights.set(piece, null);
        }
    }
}
